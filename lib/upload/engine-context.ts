import type { AdaptiveLevel } from './compress/adaptive-level';
import type { Clock, Connectivity, Ledger, PortalClient, SegmentWorkers, Transport } from './ports';
import type { Pipeline } from './pipeline';
import { chooseSegmentBytes } from './segment-plan';
import type { UplinkMeter } from './uplink-meter';
import type { Budget, Gate } from './waiting';

/** What the engine is given. */
export interface EnginePorts {
  readonly clock: Clock;
  readonly connectivity: Connectivity;
  readonly portal: PortalClient;
  readonly transport: Transport;
  readonly workers: SegmentWorkers;
  readonly ledger: Ledger;
  /** A random UUID. */
  readonly newId: () => string;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  /** Milliseconds since 1970, for the ledger only. */
  readonly wallClock: () => number;
}

export interface EngineLimits {
  /** Files that are worked on at the same time; the others wait. */
  readonly activeFiles: number;
  /** PUTs in flight over all files. The portal's `maxParallel` bounds each file. */
  readonly parallelPuts: number;
  /**
   * Segments that are being made or wait to be sent, beyond those in flight. Few, so that what is made fits the link as it is now: a
   * long queue on a slow link would be one of loosely compressed segments.
   */
  readonly queuedSegments: number;
  /** The same once the link has turned out to be the slower part. */
  readonly queuedOnSlowLink: number;
  /** Bytes of segments being made or waiting to be stored, over all files. A segment being made counts with its raw size. */
  readonly memoryBytes: number;
  /** Raw bytes a segment to ask the portal for; its answer binds. The uplink in bytes a second, null where it is not known. */
  readonly chooseSegmentBytes: (sizeBytes: number, uplinkBytesPerSecond: number | null) => number;
}

export const DEFAULT_LIMITS: EngineLimits = { activeFiles: 3, parallelPuts: 4, queuedSegments: 4, queuedOnSlowLink: 8, memoryBytes: 128 * 1024 * 1024, chooseSegmentBytes };

/** What all files of one queue share. */
export interface EngineContext extends EnginePorts {
  readonly limits: EngineLimits;
  readonly caseReference: string;
  readonly pipeline: Pipeline;
  readonly memory: Budget;
  readonly compressSlots: Budget;
  readonly putSlots: Budget;
  readonly signedIn: Gate;
  readonly uplink: UplinkMeter;
  readonly levels: AdaptiveLevel;
  /** Something that people see changed; `now` where it must be told at once. */
  readonly changed: (urgency: 'now' | 'soon') => void;
}
