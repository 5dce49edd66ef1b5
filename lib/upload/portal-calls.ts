import type { EngineContext } from './engine-context';
import { persist } from './retry';
import { NetworkError } from './upload-errors';
import { abortable, childSignal } from './waiting';

/** A call of the portal that has not answered for this long is given up and made again; every call is safe to repeat. */
const CALL_TIMEOUT_MS = 60_000;

/** What one file's operations tell about themselves. */
export interface FileSignals {
  readonly signal: AbortSignal;
  readonly onOffline: (change: 1 | -1) => void;
}

/** {@link persist} with the engine's ports. */
export function persistFor<T>(context: EngineContext, file: FileSignals, operation: (failedBefore: number) => Promise<T>): Promise<T> {
  const { clock, connectivity, random, signedIn } = context;
  return persist({ clock, connectivity, random, signedIn, onSignedOut: () => context.changed('now'), onOffline: file.onOffline }, file.signal, operation);
}

/** One call with a limit of time. */
export async function callOnce<T>(context: EngineContext, signal: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limited = childSignal(signal);
  const disarm = context.clock.after(CALL_TIMEOUT_MS, () => limited.abort(new NetworkError('no answer')));
  try {
    return await abortable(call(limited.signal), limited.signal);
  } finally {
    disarm();
    limited.dispose();
  }
}

/** A call that is made until it succeeds or cannot. */
export function callPortal<T>(context: EngineContext, file: FileSignals, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return persistFor(context, file, () => callOnce(context, file.signal, call));
}
