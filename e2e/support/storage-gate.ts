import { type BrowserContext, type Route } from '@playwright/test';

const PRESIGNED = /[?&]X-Amz-Signature=/;

/** Stands between a browser and storage: counts what is PUT, and holds back what a test wants to be on its way. */
export class StorageGate {
  /** Keys of the objects that were let through, in order. */
  readonly sent: string[] = [];
  #held: { readonly route: Route; readonly key: string }[] = [];
  #holds: RegExp | null = null;

  static async before(context: BrowserContext): Promise<StorageGate> {
    const gate = new StorageGate();
    await context.route(PRESIGNED, (route) => gate.#meet(route));
    return gate;
  }

  /** From now on objects whose key fits are held back. */
  hold(keys = /./): void {
    this.#holds = keys;
  }
  get holding(): number {
    return this.#held.length;
  }
  /** Lets everything through, also what was held; what was given up meanwhile is forgotten. */
  async release(): Promise<void> {
    this.#holds = null;
    const held = this.#held;
    this.#held = [];
    for (const { route, key } of held) await this.#pass(route, key).catch(() => undefined);
  }

  async #meet(route: Route): Promise<void> {
    const key = decodeURIComponent(new URL(route.request().url()).pathname);
    if (this.#holds?.test(key)) this.#held.push({ route, key });
    else await this.#pass(route, key);
  }
  async #pass(route: Route, key: string): Promise<void> {
    await route.continue();
    this.sent.push(key);
  }
}
