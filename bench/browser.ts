import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Readable, type Writable } from 'node:stream';
import { ensureBrowser } from '@/scripts/lib/find-browser';
import { repositoryRoot } from '@/scripts/lib/repository-root';

/** Nothing that watches or copies what the page sends: no interception, no tracing, no network events. */
const FLAGS = [
  '--headless=new', '--remote-debugging-pipe', '--no-first-run', '--no-default-browser-check', '--disable-background-networking', '--disable-component-update',
  '--disable-default-apps', '--disable-extensions', '--disable-sync', '--mute-audio', '--disable-dev-shm-usage',
];

type Answer = { readonly id?: number; readonly result?: unknown; readonly error?: { readonly message: string }; readonly method?: string; readonly params?: unknown };
type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (cause: Error) => void };

/** A Chromium of its own, spoken to by the DevTools protocol over a pipe (its messages end in a zero byte). */
export class Browser {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #gone: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, (params: unknown) => void>();
  #next = 1;

  /** @param connectTo another port on loopback for each port: the page goes on seeing the first, and so does what is signed */
  constructor(folder: string, connectTo: ReadonlyMap<number, number> = new Map()) {
    const program = ensureBrowser(repositoryRoot, console.error);
    this.#profile = mkdtempSync(join(folder, 'profile-'));
    const rules = [...connectTo].map(([from, to]) => `MAP 127.0.0.1:${from} 127.0.0.1:${to}`).join(',');
    const flags = [...FLAGS, `--user-data-dir=${this.#profile}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...(rules ? [`--host-resolver-rules=${rules}`] : [])];
    this.#child = spawn(program, [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true });
    this.#gone = new Promise((resolve) => this.#child.once('exit', () => resolve()).once('error', () => resolve()));
    void this.#gone.then(() => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The browser ended.'));
    });
    (this.#child.stdio[3] as Writable).on('error', () => undefined);
    this.#listen(this.#child.stdio[4] as Readable);
  }
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  send<T>(method: string, params: object = {}, sessionId?: string): Promise<T> {
    const id = this.#next++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      (this.#child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
  }
  /** One listener for each kind of event, for as long as the browser lives. */
  on(event: string, listener: (params: unknown) => void): void {
    this.#listeners.set(event, listener);
  }
  async setCookie(cookie: { name: string; value: string; url: string }): Promise<void> {
    await this.send('Storage.setCookies', { cookies: [cookie] });
  }
  async openPage(url: string): Promise<Page> {
    const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', { url });
    const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    return new Page(this, sessionId);
  }
  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      await Promise.race([this.send('Browser.close').catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
      try {
        process.kill(-this.pid, 'SIGKILL');
      } catch {
        // The whole group is gone already.
      }
    }
    await this.#gone;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #listen(pipe: Readable): void {
    let rest = '';
    pipe.setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (rest + chunk).split('\0');
      rest = messages.pop() ?? '';
      for (const message of messages) this.#hear(JSON.parse(message) as Answer);
    });
    pipe.on('error', () => undefined);
  }
  #hear({ id, result, error, method, params }: Answer): void {
    if (method !== undefined) this.#listeners.get(method)?.(params);
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || waiting === undefined) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result);
  }
}

type Evaluated = { readonly result: { readonly value?: unknown; readonly objectId?: string }; readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } } };

export class Page {
  readonly #browser: Browser;
  readonly #session: string;

  constructor(browser: Browser, session: string) {
    this.#browser = browser;
    this.#session = session;
  }
  /** The value of an expression, promises awaited, as JSON can carry it. */
  async evaluate<T>(expression: string): Promise<T> {
    return (await this.#evaluate({ expression, awaitPromise: true, returnByValue: true })).result.value as T;
  }
  /** Polls until the expression is true; while the page loads it may throw. */
  async until(expression: string, what: string, limitMs = 60_000): Promise<void> {
    const deadline = performance.now() + limitMs;
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`).catch(() => false))) {
      if (performance.now() > deadline) throw new Error(`The page did not come to this: ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  /** Chooses files by their paths, as the system's dialog does: nothing is read. */
  async chooseFiles(selector: string, files: readonly string[]): Promise<void> {
    const { result } = await this.#evaluate({ expression: `document.querySelector(${JSON.stringify(selector)})` });
    await this.#browser.send('DOM.setFileInputFiles', { files, objectId: result.objectId }, this.#session);
  }

  async #evaluate(params: object): Promise<Evaluated> {
    const evaluated = await this.#browser.send<Evaluated>('Runtime.evaluate', params, this.#session);
    if (evaluated.exceptionDetails) throw new Error(evaluated.exceptionDetails.exception?.description ?? evaluated.exceptionDetails.text);
    return evaluated;
  }
}
