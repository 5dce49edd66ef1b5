import type { Clock, LoadedBody, PutAnswer, PutRequest } from './ports';
import { NetworkError } from './upload-errors';
import { abortable, childSignal } from './waiting';

/** A PUT without progress for this long is aborted and tried again. */
export const STALL_MS = 30_000;
const MAX_STALL_MS = 240_000;

/**
 * How long a PUT may stand still. It doubles with each failed attempt: on a thin line the system's send buffer alone
 * can take longer than 30 s to drain, during which the browser reports nothing.
 */
export function stallMs(failedBefore: number): number {
  return Math.min(MAX_STALL_MS, STALL_MS * 2 ** Math.min(failedBefore, 10));
}

/**
 * One PUT, aborted with a NetworkError once it has stood still for `limitMs`, counted from its start and from each byte
 * of progress, so that a PUT that never sends a byte and one whose answer never comes are noticed alike.
 */
export async function putWatched(clock: Clock, body: LoadedBody, request: PutRequest, limitMs: number): Promise<PutAnswer> {
  const watched = childSignal(request.signal);
  let furthest = 0;
  let disarm: () => void = () => undefined;
  const arm = () => {
    disarm();
    disarm = clock.after(limitMs, () => watched.abort(new NetworkError('stalled')));
  };
  arm();
  try {
    const answer = body.put({
      ...request,
      signal: watched.signal,
      onProgress: (sentBytes) => {
        if (sentBytes > furthest) {
          furthest = sentBytes;
          arm();
        }
        if (!watched.signal.aborted) request.onProgress(sentBytes);
      },
    });
    return await abortable(answer, watched.signal);
  } finally {
    disarm();
    watched.dispose();
  }
}
