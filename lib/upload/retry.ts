import { BACKOFF_CAP_MS, backoffMs, isRetryableStatus, MAX_ATTEMPTS } from './backoff';
import type { Clock, Connectivity } from './ports';
import { NetworkError, PortalError, portalFailure, uploadFailure } from './upload-errors';
import { type Gate, sleep, untilCalled } from './waiting';

/** The storage answered that it cannot take the segment now (408, 429, 5xx). */
export class StorageBusyError extends Error {
  override readonly name = 'StorageBusyError';
  constructor(readonly retryAfterSeconds: number | null) {
    super('storage busy');
  }
}

/** The storage refused the URL as expired: a new one is asked for at once. */
export class UrlExpiredError extends Error {
  override readonly name = 'UrlExpiredError';
}

/** The portal looked and did not find in storage what was sent. */
export class NotStoredError extends Error {
  override readonly name = 'NotStoredError';
}

/** Expired addresses in a row, and sendings in a row that the portal does not find, before the file fails. */
const MAX_EXPIRED = 5;
const MAX_NOT_STORED = 4;

export interface RetryContext {
  readonly clock: Clock;
  readonly connectivity: Connectivity;
  /** In [0, 1). */
  readonly random: () => number;
  /** Closed while the session has ended; every portal call waits there. */
  readonly signedIn: Gate;
  readonly onSignedOut: () => void;
  /** +1 when an operation begins to wait for the network, -1 when it goes on. */
  readonly onOffline: (change: 1 | -1) => void;
}

type Failures = { counted: number; expired: number; notStored: number };

/**
 * Runs `operation` until it succeeds, as the rules of the upload say: full-jitter backoff on 408, 429, 5xx and network
 * errors; no second attempt on any other 4xx; an expired URL is replaced at once; a session that ended and a
 * device that is offline are waited for without counting.
 * @param operation gets how many attempts failed before this one
 * @throws UploadFailure after too many failures, the signal's reason when aborted, whatever is not worth a retry
 */
export async function persist<T>(context: RetryContext, signal: AbortSignal, operation: (failedBefore: number) => Promise<T>): Promise<T> {
  const failures: Failures = { counted: 0, expired: 0, notStored: 0 };
  for (;;) {
    await context.signedIn.pass(signal);
    const session = context.signedIn.generation;
    try {
      return await operation(failures.counted);
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof PortalError && cause.status === 401) {
        // An answer from before the new sign-in says nothing about the new session.
        if (session === context.signedIn.generation && context.signedIn.close()) context.onSignedOut();
      } else {
        await waitAfter(cause, failures, context, signal);
      }
    }
  }
}

async function waitAfter(cause: unknown, failures: Failures, context: RetryContext, signal: AbortSignal): Promise<void> {
  if (cause instanceof UrlExpiredError) {
    failures.expired += 1;
    if (failures.expired > MAX_EXPIRED) throw uploadFailure('url_expired');
    return;
  }
  if (cause instanceof NetworkError && !context.connectivity.isOnline()) return waitForNetwork(context, signal);

  const retryAfter = retryAfterOf(cause);
  if (retryAfter === undefined) throw cause;
  failures.counted += 1;
  if (cause instanceof NotStoredError) {
    failures.notStored += 1;
    if (failures.notStored >= MAX_NOT_STORED) throw uploadFailure('not_confirmed');
  }
  if (failures.counted >= MAX_ATTEMPTS) {
    // Never the cause itself: an operation around this one would take it for something worth trying again.
    throw cause instanceof PortalError ? portalFailure(cause) : uploadFailure(cause instanceof StorageBusyError ? 'storage_busy' : 'connection_failed');
  }
  await sleep(context.clock, backoffMs(failures.counted, context.random(), retryAfter), signal);
}

/** Seconds that the server asked to wait, null where it named none, undefined where another attempt is pointless. */
function retryAfterOf(cause: unknown): number | null | undefined {
  if (cause instanceof PortalError) return isRetryableStatus(cause.status) ? cause.retryAfterSeconds : undefined;
  if (cause instanceof StorageBusyError) return cause.retryAfterSeconds;
  return cause instanceof NetworkError || cause instanceof NotStoredError ? null : undefined;
}

/** Until the device says that it is online, or a minute has passed: some devices never say so. */
async function waitForNetwork(context: RetryContext, signal: AbortSignal): Promise<void> {
  context.onOffline(1);
  try {
    await untilCalled<void>(signal, (done) => {
      const stops = [context.connectivity.onOnline(() => finish()), context.clock.after(BACKOFF_CAP_MS, () => finish())];
      const stop = () => stops.forEach((undo) => undo());
      const finish = () => {
        stop();
        done();
      };
      return stop;
    });
  } finally {
    context.onOffline(-1);
  }
}
