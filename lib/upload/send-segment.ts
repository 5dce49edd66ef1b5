import type { Confirmer } from './confirmer';
import type { EngineContext } from './engine-context';
import { type FileSignals, persistFor } from './portal-calls';
import type { LoadedBody, PreparedSegment } from './ports';
import type { Address, Presigner } from './presigner';
import { judgePut } from './put-verdict';
import { putWatched, stallMs } from './put-watched';
import { NotStoredError, StorageBusyError, UrlExpiredError } from './retry';
import { NetworkError, uploadFailure } from './upload-errors';
import type { Budget } from './waiting';

export interface SegmentSending {
  readonly index: number;
  readonly segment: PreparedSegment;
  /** Bounds the PUTs of this file, beside the bound that all files share. */
  readonly filePutSlots: Budget;
  readonly confirmer: Confirmer;
  readonly presigner: Presigner;
  readonly onProgress: (sentBytes: number) => void;
}

/**
 * Sends one prepared segment until storage has acknowledged it or the portal has seen it there. Each attempt gets a fresh URL, when its
 * body is ready and a place in flight is free; the place is given up while waiting for another attempt. After a PUT without an answer
 * the portal looks first: where only the answer was lost, nothing is sent again.
 */
export async function sendSegment(context: EngineContext, file: FileSignals, sending: SegmentSending): Promise<void> {
  const body = context.transport.load(sending.segment.body);
  sending.presigner.ready(sending.index, sending.segment);
  try {
    await persistFor(context, file, async (failedBefore) => {
      sending.onProgress(0);
      const outcome = await sendOnce(context, file, sending, body, failedBefore);
      if (outcome === 'acknowledged') sending.confirmer.acknowledge(sending.index);
      if (outcome === 'acknowledged' || outcome === 'stored' || (await sending.confirmer.isStored(sending.index))) return;
      throw outcome === 'unknown' ? new NotStoredError() : outcome;
    });
  } finally {
    sending.presigner.done(sending.index);
    body.release();
  }
}

/** By storage's own word, by the portal's, or only the portal can say: after an answer that tells as much, or after none. */
type Outcome = 'acknowledged' | 'stored' | 'unknown' | NetworkError;

async function sendOnce(context: EngineContext, file: FileSignals, sending: SegmentSending, body: LoadedBody, failedBefore: number): Promise<Outcome> {
  const ofFile = await sending.filePutSlots.take(1, file.signal);
  try {
    const ofAll = await context.putSlots.take(1, file.signal);
    try {
      const address = await sending.presigner.address(sending.index);
      return address === null ? 'stored' : await put(context, file, sending, body, address, failedBefore);
    } finally {
      ofAll.release();
    }
  } finally {
    ofFile.release();
  }
}

async function put(context: EngineContext, file: FileSignals, sending: SegmentSending, body: LoadedBody, address: NonNullable<Address>, failedBefore: number): Promise<Outcome> {
  const { sizeBytes } = sending.segment;
  let isAcknowledged = false;
  const ended = context.uplink.begin(sizeBytes);
  context.pipeline.putBegins();
  try {
    const answer = await putWatched(context.clock, body, { ...address, signal: file.signal, onProgress: sending.onProgress }, stallMs(failedBefore));
    switch (judgePut(answer)) {
      case 'stored':
        isAcknowledged = true;
        context.pipeline.linkIsKnown();
        return 'acknowledged';
      case 'ask-portal':
        return 'unknown';
      case 'new-url':
        throw new UrlExpiredError();
      case 'wait':
        throw new StorageBusyError(answer.retryAfterSeconds);
      case 'refused':
        throw uploadFailure('storage_refused');
    }
  } catch (cause) {
    if (cause instanceof NetworkError) return cause;
    throw cause;
  } finally {
    ended(isAcknowledged);
  }
}
