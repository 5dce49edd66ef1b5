import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from './start-error';

/** Where the health page of a portal that listens on `host` is asked for from this machine. */
export function healthAddress(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}/api/health`;
}

/**
 * Asks until the health page says 200, at most `milliseconds`. Gives up at once when `ended` says that the web process is gone.
 * Throws `StartError` with what the page said last.
 */
export async function waitForHealth({ address, milliseconds, ended, signal }: { address: string; milliseconds: number; ended: Promise<string>; signal?: AbortSignal }): Promise<void> {
  let gone: string | undefined;
  void ended.then((sentence) => (gone = sentence));
  let last = 'it does not answer';
  for (const deadline = Date.now() + milliseconds; Date.now() < deadline; await delay(100, undefined, { signal })) {
    if (gone) throw new StartError(gone);
    try {
      const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(30_000) });
      if (answer.status === 200) return;
      last = `status ${answer.status}, ${(await answer.text()).slice(0, 300)}`;
    } catch {
      // Not listening yet.
    }
  }
  throw new StartError(`The portal does not become healthy at ${address}: ${last}.`);
}
