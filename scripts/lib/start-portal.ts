import { EnvironmentError, parseEnvironment, type Environment } from '@/server/env';
import { buildWeb } from './build-web';
import { composeEnvironment, type StartedParts } from './compose-environment';
import { publishTexts } from './content-part';
import { openDataFolder } from './data-folder';
import { openDatabase, readDemoAccounts } from './database-part';
import { readDemoSecrets } from './demo-secrets';
import type { Endings } from './endings';
import { applyMigrations } from './migrations';
import { probePort } from './ports';
import { startWeb, startWorker } from './portal-processes';
import { StartError } from './start-error';
import type { Steps } from './steps';
import { openStorage } from './storage-part';
import { healthAddress, waitForHealth } from './wait-for-health';

export interface PortalOptions {
  root: string;
  /** The shell's environment. */
  shell: NodeJS.ProcessEnv;
  /** Hot reload instead of a build. */
  dev?: boolean;
  /** For tests: the data need not survive, and what a killed run leaves is removed at the next. */
  temporary?: boolean;
  steps: Steps;
  /** Everything that is started is added here; the caller runs it, whether the start succeeds or fails. */
  endings: Endings;
  signal?: AbortSignal;
}

export interface Portal {
  settings: Environment;
  /** The environment of its processes. */
  env: Record<string, string>;
  demoAccounts: { email: string; role: string }[];
  /** Resolves with a sentence when a part is gone for good, so that the rest has to end. */
  failed: Promise<string>;
}

/** Starts the whole portal, a step after another, and resolves when its health page says so. Throws `StartError`. */
export async function startPortal(options: PortalOptions): Promise<Portal> {
  const { root, shell, steps, endings, signal, dev = false, temporary = false } = options;
  const settings = readSettings(shell, root);
  const demo = settings.AIRLOCK_MODE === 'demo';
  const dataDir = settings.AIRLOCK_DATA_DIR;
  endings.add('data folder', openDataFolder(dataDir).release);
  await requirePort(settings);

  const failures: Promise<string>[] = [];
  const database = await steps.step(
    () => openDatabase({ given: settings.DATABASE_URL, dataDir, temporary, endings }),
    (opened) => (opened.embedded ? `Database: embedded PostgreSQL on port ${opened.embedded.port}` : 'Database: the one in DATABASE_URL'),
  );
  if (database.embedded) failures.push(database.embedded.lost.then(() => 'The embedded database ended by itself.'));
  signal?.throwIfAborted();
  await steps.step(() => applyMigrations({ root, url: database.url }), (names) => `Migrations: ${names.length === 0 ? 'up to date' : `${names.length} applied`}`);
  signal?.throwIfAborted();

  const parts: StartedParts = { databaseUrl: database.url };
  if (demo) await addDemoParts(parts, { settings, steps, endings });
  const env = composeEnvironment({ shell, settings, parts, nodeEnv: dev ? 'development' : 'production' });
  signal?.throwIfAborted();
  if (!dev) {
    const onWait = () => steps.say('Another start builds the web app; waiting for it.');
    await steps.step(() => buildWeb({ root, shell, signal, onWait }), (outcome) => (outcome === 'built' ? 'Web app: built' : 'Web app: the build is up to date'));
  }
  const what = demo ? 'Texts and demo data' : 'Texts';
  await steps.step(() => publishTexts({ root, url: database.url, dataDir, demo, env, signal }), (outcome) => `${what}: ${outcome === 'written' ? 'up to date' : 'there already'}`);
  signal?.throwIfAborted();

  await steps.step(async () => failures.push(...(await startProcesses({ ...options, settings, env, dev }))), `Web and worker: running, healthy`);
  return { settings, env, demoAccounts: demo ? await readDemoAccounts(database.url) : [], failed: Promise.race(failures) };
}

async function addDemoParts(parts: StartedParts, { settings, steps, endings }: { settings: Environment; steps: Steps; endings: Endings }): Promise<void> {
  const secrets = readDemoSecrets(settings.AIRLOCK_DATA_DIR);
  if (!settings.AUTH_SECRET) parts.authSecret = secrets.authSecret;
  if (!settings.RECEIPT_KEY_FILE) parts.receiptKeyFile = secrets.receiptKeyFile;
  parts.storage = await steps.step(
    () => openStorage({ settings, keys: secrets.storage, endings }),
    (storage) => `Storage: ${storage ? `embedded, ${storage.endpoint}` : 'the one in S3_ENDPOINT'}, bucket ${settings.S3_BUCKET}`,
  );
}

async function startProcesses({ root, settings, env, dev, endings, steps, signal }: PortalOptions & { settings: Environment; env: Record<string, string>; dev: boolean }): Promise<Promise<string>[]> {
  const options = { root, settings, env, endings, say: steps.say, signal };
  const starting = startWorker(options);
  const web = startWeb({ ...options, dev });
  const healthy = waitForHealth({ address: healthAddress(settings.AIRLOCK_HOST, settings.PORT), milliseconds: dev ? 180_000 : 60_000, ended: web.ended, signal });
  const [worker] = await Promise.all([starting, healthy]);
  return [worker.givenUp, web.keep().givenUp];
}

function readSettings(shell: NodeJS.ProcessEnv, root: string): Environment {
  try {
    return parseEnvironment(shell, root);
  } catch (error) {
    if (error instanceof EnvironmentError) throw new StartError(error.message);
    throw error;
  }
}

async function requirePort({ PORT: port, AIRLOCK_HOST: host }: Environment): Promise<void> {
  const probe = await probePort(port, host);
  if (probe.free) return;
  if (probe.code === 'EADDRINUSE') throw new StartError(`Port ${port} is in use: stop what listens there, or choose another with PORT, such as PORT=${port === 65_535 ? 3000 : port + 1}.`);
  if (probe.code === 'EACCES') throw new StartError(`This account may not listen on port ${port}: choose one above 1023 with PORT.`);
  throw new StartError(`The portal cannot listen on ${host}, port ${port} (${probe.code}): put AIRLOCK_HOST right.`);
}
