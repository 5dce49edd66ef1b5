import { type Browser, type BrowserContext, type BrowserServer, chromium, type LaunchOptions, type Page } from '@playwright/test';
import { type SeedUser } from '@/prisma/seed/library';
import { makeUploadKey } from '@/tests/fixtures/api-client';
import { DAY_MS } from '../../domain/durations';
import { baseUrl } from './environment';
import { send } from './send-page';
import { type Run, SendingMachine } from './send-script';
import { signIn } from './test';

/** Somebody who sends one file, by whatever means, and does what a person does when that stops. */
export interface FaultyClient {
  begin(): Promise<void>;
  /** Begins again where it was interrupted. @throws where it has given up by itself */
  goOn(): Promise<void>;
  /** The tab is reloaded, or the run is told to end. */
  reload(): Promise<void>;
  /** Nothing is asked, nothing is said: the process that sends is gone, and what it remembered with it. */
  kill(): Promise<void>;
  /** What whoever looks at it reads, for a run that went wrong. */
  tell(): Promise<string>;
  /** Resolves when nothing is left to do; throws where it says that it failed. */
  end(): Promise<void>;
  close(): Promise<void>;
}

type Given = { readonly server: string; readonly reference: string; readonly file: string; readonly name: string; readonly clockDays: number };
type BrowserGiven = Given & { readonly customer: SeedUser; readonly browser: Browser; readonly launchOptions: LaunchOptions; readonly isToBeKilled: boolean };

/** A customer with one browser after the other. */
export class BrowserClient implements FaultyClient {
  readonly #given: BrowserGiven;
  #process: BrowserServer | null = null;
  #context: BrowserContext | null = null;
  #page: Page | null = null;
  #isInterrupted = false;

  constructor(given: BrowserGiven) {
    this.#given = given;
  }

  async begin(): Promise<void> {
    await send(await this.#open(), this.#given.file);
  }
  async goOn(): Promise<void> {
    if (!this.#isInterrupted) return;
    this.#isInterrupted = false;
    const page = this.#page ?? (await this.#open());
    await page.getByLabel(`${this.#given.name}, again`).setInputFiles(this.#given.file);
  }
  async reload(): Promise<void> {
    this.#page?.on('dialog', (dialog) => void dialog.accept());
    await this.#page?.reload({ waitUntil: 'commit' });
    this.#isInterrupted = true;
  }
  async kill(): Promise<void> {
    await this.#process?.kill();
    this.#process = this.#context = this.#page = null;
    this.#isInterrupted = true;
  }
  async tell(): Promise<string> {
    if (this.#page === null) return this.#isInterrupted ? 'There is no page, and none was opened again.' : 'There is no page yet.';
    return await this.#page.locator('main').innerText({ timeout: 5000 });
  }
  async end(): Promise<void> {
    await this.#page?.getByRole('region', { name: 'Sending' }).getByText('Verified').waitFor();
  }
  async close(): Promise<void> {
    await this.#context?.close();
    await this.#process?.close();
  }

  async #open(): Promise<Page> {
    const { customer, server, reference, clockDays } = this.#given;
    const browser = await this.#start();
    this.#context = await browser.newContext({ baseURL: baseUrl, proxy: { server } });
    await signIn(this.#context, customer);
    this.#page = await this.#context.newPage();
    if (clockDays !== 0) await this.#page.clock.setFixedTime(Date.now() + clockDays * DAY_MS);
    await this.#page.goto(`/cases/${reference}/files/new`);
    return this.#page;
  }
  /** One of its own where it is to be killed: the one of the tests serves others. */
  async #start(): Promise<Browser> {
    const { browser, launchOptions, isToBeKilled } = this.#given;
    if (!isToBeKilled) return browser;
    this.#process = await chromium.launchServer(launchOptions);
    return chromium.connect(this.#process.wsEndpoint());
  }
}

/** A machine with a shell only, on which the script is started again and again. */
export class ScriptClient implements FaultyClient {
  readonly #given: Given;
  readonly #machine: SendingMachine;
  readonly #key: string;
  #run: Run | null = null;
  #code: number | null | undefined;

  private constructor(given: Given, machine: SendingMachine, key: string) {
    this.#given = given;
    this.#machine = machine;
    this.#key = key;
  }
  static async on(folder: string, given: Given & { readonly caseId: string; readonly customer: SeedUser }): Promise<ScriptClient> {
    const machine = await SendingMachine.in(folder);
    if (given.clockDays !== 0) await machine.shiftClock(given.clockDays);
    const { secret } = await makeUploadKey(given.caseId, given.customer.id);
    return new ScriptClient(given, machine, secret);
  }

  async begin(): Promise<void> {
    const { server, reference, file } = this.#given;
    const run = this.#machine.start({ key: this.#key, args: ['--case', reference, '--segment-mib', '4', '--wait', file], env: { http_proxy: server } });
    this.#run = run;
    this.#code = undefined;
    void run.ended.then(({ code }) => {
      if (this.#run === run) this.#code = code;
    });
  }
  async goOn(): Promise<void> {
    if (this.#run === null) await this.begin();
    else if (this.#code) await this.end();
  }
  async reload(): Promise<void> {
    await this.#stop((pid) => process.kill(pid, 'SIGTERM'));
  }
  async kill(): Promise<void> {
    // With everything that it started: the machine is gone.
    await this.#stop((pid) => process.kill(-pid, 'SIGKILL'));
  }
  async tell(): Promise<string> {
    return this.#run === null ? 'No script runs.' : this.#run.said();
  }
  async end(): Promise<void> {
    const ended = await this.#run?.ended;
    if (ended?.code !== 0) throw new Error(`The script ended with ${ended?.code}:\n${ended?.err}`);
  }
  async close(): Promise<void> {
    if (this.#run && this.#code === undefined) await this.kill();
  }

  async #stop(end: (pid: number) => void): Promise<void> {
    const run = this.#run;
    this.#run = null;
    if (!run) return;
    try {
      end(run.pid);
    } catch (error) {
      // It came to its end in this moment.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    await run.ended;
  }
}
