import { type BrowserContext, type TestInfo } from '@playwright/test';
import { baseUrl } from './environment';

/** A person waits this long for a step without wondering. */
const LONG_MS = 2000;

/**
 * The time that the portal took for each answer, by the browser's clock. It is told, not asserted: on a busy machine it says little about
 * the portal. That no authority is waited for longer is shown by server/esign/patience.test.ts.
 */
export class ServerClock {
  private readonly steps: { readonly name: string; readonly milliseconds: number }[] = [];

  watch(context: BrowserContext): void {
    context.on('requestfinished', (request) => {
      const { responseStart } = request.timing();
      const { pathname } = new URL(request.url());
      if (request.url().startsWith(baseUrl) && responseStart >= 0 && !pathname.startsWith('/_next/')) this.steps.push({ name: `${request.method()} ${pathname}`, milliseconds: Math.round(responseStart) });
    });
  }

  /** Into the report and onto the screen: how many answers, and the longest. */
  tell(info: TestInfo): void {
    const sorted = this.steps.toSorted((a, b) => b.milliseconds - a.milliseconds);
    const [longest] = sorted;
    if (!longest) return;
    const description = `${sorted.length} steps, the longest ${longest.milliseconds} ms (${longest.name}), ${sorted.filter(({ milliseconds }) => milliseconds > LONG_MS).length} above ${LONG_MS} ms`;
    info.annotations.push({ type: 'server steps', description });
    process.stdout.write(`Server steps of "${info.title}": ${description}\n`);
  }
}
