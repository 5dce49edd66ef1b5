import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { freePort, probePort } from '@/scripts/lib/ports';
import { removeDataFolder } from '@/scripts/lib/postgres-home';
import { repositoryRoot } from '@/scripts/lib/repository-root';
import { IdentityProvider } from './support/identity-provider';

/** `npm start` on the build that the other specs browse, each with a data folder and a port of its own. */
class Launched {
  said = '';
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly #child: ChildProcess;

  constructor(
    readonly dataDir: string,
    readonly port: number,
    variables: Readonly<Record<string, string>>,
  ) {
    const { PATH, HOME, TMPDIR } = process.env;
    const env = { ...variables, PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), NODE_ENV: process.env.NODE_ENV, PORT: String(port), AIRLOCK_DATA_DIR: dataDir };
    this.#child = spawn(process.execPath, ['scripts/run.mjs', 'start'], { cwd: repositoryRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    this.ended = new Promise((resolve) => this.#child.once('close', (code, signal) => resolve({ code, signal })));
  }

  get address(): string {
    return `http://localhost:${this.port}`;
  }
  /** Resolves when it has told its address; fails with what it said where it ends instead. */
  async untilReady(): Promise<this> {
    await Promise.race([
      expect.poll(() => this.said, { timeout: 90_000 }).toContain(`The portal is at ${this.address}`),
      this.ended.then(({ code }) => {
        throw new Error(`It ended with code ${code}: ${this.said}`);
      }),
    ]);
    return this;
  }
  async health(): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`http://127.0.0.1:${this.port}/api/health`);
    return { status: response.status, body: await response.json() };
  }
  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
  /** Every port that it said it listens on, and its own. */
  get ports(): number[] {
    const database = /embedded PostgreSQL on port (\d+)/.exec(this.said)?.[1];
    const storage = /Storage: embedded, http:\/\/127\.0\.0\.1:(\d+)/.exec(this.said)?.[1];
    return [this.port, Number(database), Number(storage)];
  }
  /** The ports that still have a listener. */
  async heldPorts(ports = this.ports): Promise<number[]> {
    const probes = await Promise.all(ports.map((port) => probePort(port, '127.0.0.1')));
    return ports.filter((_, at) => !probes[at]?.free);
  }
}

let folder: string;
let provider: IdentityProvider;
const launched: Launched[] = [];
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'airlock start '));
  provider = await IdentityProvider.start();
});
test.afterAll(async () => {
  for (const one of launched) one.kill('SIGTERM');
  await Promise.all(launched.map(({ ended }) => ended));
  for (const { dataDir } of launched) removeDataFolder(dataDir);
  await provider.stop();
  await rm(folder, { recursive: true, force: true });
});

async function launch(name: string, { port, variables = {} }: { port?: number; variables?: Readonly<Record<string, string>> } = {}): Promise<Launched> {
  const one = new Launched(path.join(folder, name), port ?? (await freePort()), variables);
  launched.push(one);
  return one.untilReady();
}

/** Presses the button for the company account; the identity provider asks nothing and sends the browser back. */
async function signInWithCompany(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  const button = page.getByRole('button', { name: 'Use the company account' });
  await expect(async () => {
    await button.click({ timeout: 2_000 });
    await page.waitForURL((url) => url.pathname !== '/sign-in' || url.searchParams.has('error'), { timeout: 10_000 });
  }).toPass({ timeout: 60_000 });
  return page;
}

test('the portal starts, is killed and starts again beside another one, and ends in order', async ({ browser }) => {
  test.setTimeout(300_000);
  const first = await launch('one');
  expect(first.said).toMatch(/^Database: embedded PostgreSQL on port \d+ +\d+\.\d s\nMigrations: \d+ applied +\d+\.\d s\nStorage: embedded, .+\nWeb app: the build is up to date .+\nTexts and demo data: up to date .+\nWeb and worker: running, healthy +\d+\.\d s\n/);
  expect(first.said).toMatch(/Demo accounts, one click away on the sign-in page:\n( {2}(customer|support|data_admin|admin|subcontractor) +\S+@\S+\n)+/);
  expect(first.said).toContain(`Mail goes to the outbox: ${first.address}/dev/outbox`);
  expect(await first.health()).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect((await stat(first.dataDir)).mode & 0o777).toBe(0o700);

  const other = await launch('two', { variables: provider.environment });
  await test.step('a second start in the same data folder is refused in one sentence while the first runs', async () => {
    const second = new Launched(first.dataDir, await freePort(), {});
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.said.trim().split('\n')).toHaveLength(1);
    expect(second.said).toContain(first.dataDir);
  });
  await test.step('staff of the other one sign in with the company account, and nobody else', async () => {
    const staff = 'alex@vendor.example';
    const arrive = async () => signInWithCompany(await browser.newContext(), other.address);
    const refused = /Your company account has no staff account here, or its e-mail address is not verified/;
    for (const person of [{ email: 'ada@customer.example', email_verified: true }, { email: 'nobody@vendor.example', email_verified: true }, { email: staff, email_verified: false }]) {
      provider.person = person;
      await expect((await arrive()).getByRole('alert').filter({ hasText: 'You are not signed in' })).toContainText(refused);
    }
    provider.person = { email: staff, email_verified: true };
    provider.forgesNonce = true;
    await expect((await arrive()).getByRole('alert').filter({ hasText: 'You are not signed in' })).toContainText('Signing in did not come to its end');
    provider.forgesNonce = false;
    const desk = await arrive();
    await expect(desk).toHaveURL(`${other.address}/desk`);
    await expect(desk.getByRole('heading', { level: 1 })).toBeVisible();
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  expect(await first.health()).toMatchObject({ status: 200 });

  first.kill('SIGKILL');
  expect(await first.ended).toMatchObject({ signal: 'SIGKILL' });
  await expect.poll(() => first.heldPorts([first.port]), { message: 'web and worker end with their launcher', timeout: 30_000 }).toEqual([]);
  const again = await launch('one', { port: first.port });
  expect(again.said).toContain('Texts and demo data: there already');
  expect(await again.health()).toMatchObject({ status: 200 });
  expect(await other.health(), 'the other one knows nothing of it').toMatchObject({ status: 200 });

  for (const [one, signal] of [[again, 'SIGTERM'], [other, 'SIGINT']] as const) {
    one.kill(signal);
    expect(await one.ended, one.said).toEqual({ code: 0, signal: null });
    expect(one.said).toMatch(/\nStopping\.\n$/);
    expect(await one.heldPorts()).toEqual([]);
  }
});
