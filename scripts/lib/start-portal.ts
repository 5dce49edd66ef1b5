import { excessRights } from '@/server/doctor/excess-rights';
import { EnvironmentError, parseEnvironment, type Environment } from '@/server/env';
import { prepareQueue } from '@/server/jobs/prepare-queue';
import { buildWeb } from './build-web';
import { composeEnvironment, type StartedParts } from './compose-environment';
import { publishTexts } from './content-part';
import { openDataFolder } from './data-folder';
import { type DatabasePart, openDatabase, readDemoAccounts } from './database-part';
import { grantRights } from './database-rights';
import { readDemoSecrets } from './demo-secrets';
import type { Endings } from './endings';
import type { KeptProcess } from './kept-process';
import { applyMigrations } from './migrations';
import { probePort } from './ports';
import { startWeb, startWorker } from './portal-processes';
import { StartError } from './start-error';
import type { Steps } from './steps';
import { openStorage, type Storage } from './storage-part';
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
  processes: KeptProcess[];
  /** Where it is embedded. */
  storage?: Storage;
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
    () => openDatabase({ given: settings.DATABASE_URL, owner: settings.DATABASE_OWNER_URL, dataDir, temporary, endings }),
    (opened) => (opened.embedded ? `Database: embedded PostgreSQL on port ${opened.embedded.port}` : 'Database: the one in DATABASE_URL'),
  );
  if (database.embedded) failures.push(database.embedded.lost.then(() => 'The embedded database ended by itself.'));
  signal?.throwIfAborted();
  await steps.step(() => migrate(root, database), (names) => `Migrations: ${names.length === 0 ? 'up to date' : `${names.length} applied`}`);
  if (!demo) for (const excess of await excessRights(database.url)) steps.say(`Database: ${excess} See deploy/database-roles.sql.`);
  signal?.throwIfAborted();

  const parts: StartedParts = { databaseUrl: database.url };
  const storage = demo ? await addDemoParts(parts, { settings, steps, endings }) : undefined;
  const env = composeEnvironment({ shell, settings, parts, nodeEnv: dev ? 'development' : 'production' });
  signal?.throwIfAborted();
  if (!dev) {
    const onWait = () => steps.say('Another start builds the web app; waiting for it.');
    await steps.step(() => buildWeb({ root, shell, signal, onWait }), (outcome) => (outcome === 'built' ? 'Web app: built' : 'Web app: the build is up to date'));
  }
  const what = demo ? 'Texts and demo data' : 'Texts';
  await steps.step(() => publishTexts({ root, url: database.url, dataDir, demo, env, signal }), (outcome) => `${what}: ${outcome === 'written' ? 'up to date' : 'there already'}`);
  signal?.throwIfAborted();

  const processes = await steps.step(() => startProcesses({ ...options, settings, env, dev }), `Web and worker: running, healthy`);
  failures.push(...processes.map(({ givenUp }) => givenUp));
  return { settings, env, demoAccounts: demo ? await readDemoAccounts(database.url) : [], failed: Promise.race(failures), processes, storage };
}

/** Brings the tables of the portal and of its queue up to date as their owner, then gives web and worker's own role its rights. */
async function migrate(root: string, { ownerUrl, appRole }: DatabasePart): Promise<string[]> {
  const names = await applyMigrations({ root, url: ownerUrl });
  if (appRole) {
    await prepareQueue(ownerUrl);
    await grantRights({ ownerUrl, role: appRole });
  }
  return names;
}

async function addDemoParts(parts: StartedParts, { settings, steps, endings }: { settings: Environment; steps: Steps; endings: Endings }): Promise<Storage | undefined> {
  const secrets = readDemoSecrets(settings.AIRLOCK_DATA_DIR);
  if (!settings.AUTH_SECRET) parts.authSecret = secrets.authSecret;
  if (!settings.RECEIPT_KEY_FILE) parts.receiptKeyFile = secrets.receiptKeyFile;
  const storage = await steps.step(
    () => openStorage({ settings, keys: secrets.storage, endings }),
    (opened) => `Storage: ${opened ? `embedded, ${opened.endpoint}` : 'the one in S3_ENDPOINT'}, bucket ${settings.S3_BUCKET}`,
  );
  parts.storage = storage;
  return storage;
}

async function startProcesses({ root, settings, env, dev, endings, steps, signal }: PortalOptions & { settings: Environment; env: Record<string, string>; dev: boolean }): Promise<KeptProcess[]> {
  const options = { root, settings, env, endings, say: steps.say, signal };
  const starting = startWorker(options);
  const web = startWeb({ ...options, dev });
  const healthy = waitForHealth({ address: healthAddress(settings.AIRLOCK_HOST, settings.PORT), milliseconds: dev ? 180_000 : 60_000, ended: web.ended, signal });
  const [worker] = await Promise.all([starting, healthy]);
  return [worker, web.keep()];
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
