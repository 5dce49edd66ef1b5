import { getDb } from '../db';

/** How often work that takes minutes asks whether the erasure of its file was ordered. */
const ASK_MS = 2_000;

export type ErasureGuard = {
  /** Aborts when the order is there, and when the given signal does. */
  readonly signal: AbortSignal;
  readonly isOrdered: () => boolean;
  readonly end: () => void;
};

/**
 * For whoever reads a file over minutes: a signal that aborts once a customer ordered its erasure, so that reading stops and the file's lock is let go (P-ERASE).
 * The caller ends it. A database that does not answer is asked again.
 */
export function stopWhenOrdered(fileId: string, signal?: AbortSignal, askMs = ASK_MS): ErasureGuard {
  const stopping = new AbortController();
  let ordered = false;
  const ask = async () => {
    const row = await getDb().diagnosticFile.findUnique({ where: { id: fileId }, select: { erasureOrderedAt: true } });
    if (!row?.erasureOrderedAt || ordered) return;
    ordered = true;
    stopping.abort(new Error('The erasure of the file was ordered.'));
  };
  const timer = setInterval(() => void ask().catch(() => undefined), askMs);
  timer.unref();
  return {
    signal: signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal,
    isOrdered: () => ordered,
    end: () => clearInterval(timer),
  };
}
