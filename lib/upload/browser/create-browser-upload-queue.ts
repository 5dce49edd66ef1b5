import { UploadQueue } from '../engine';
import { browserClock, browserConnectivity } from './browser-clock';
import { createFetchPortalClient } from './fetch-portal-client';
import { indexedDbLedger } from './indexed-db-ledger';
import { WorkerPool } from './worker-pool';
import type { WorkerLike } from './worker-like';
import { WorkerTransport } from './worker-transport';

const MAX_WORKERS = 4;

/** At least two, so that one reads while another compresses; at most four, for the sake of memory. */
function workerCount(): number {
  return Math.min(MAX_WORKERS, Math.max(2, navigator.hardwareConcurrency || 2));
}

/** The upload queue of one case in a browser, all parts wired. Call `restore()` on it once, and `stayWithUpload(queue)`. */
export function createBrowserUploadQueue(caseReference: string): UploadQueue {
  const segmentWorker = (): WorkerLike => new Worker(new URL('./segment-worker.ts', import.meta.url), { type: 'module', name: 'airlock-segments' });
  const sendWorker = (): WorkerLike => new Worker(new URL('./send-worker.ts', import.meta.url), { type: 'module', name: 'airlock-sending' });
  return new UploadQueue(
    {
      clock: browserClock,
      connectivity: browserConnectivity,
      portal: createFetchPortalClient(),
      transport: new WorkerTransport(sendWorker),
      workers: new WorkerPool(segmentWorker, workerCount(), browserClock),
      ledger: indexedDbLedger,
      newId: () => crypto.randomUUID(),
      random: Math.random,
      wallClock: Date.now,
    },
    caseReference,
  );
}
