import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { startEmbeddedS3 } from './server';
import { writeFileAtomically } from './store/files';

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Keys from the environment, or made once and kept in the folder, readable by its owner alone. */
async function findKeys(folder: string): Promise<Keys & { kept: boolean }> {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  if (Boolean(accessKeyId) !== Boolean(secretAccessKey)) throw new Error('Set both S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or neither.');
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, kept: false };
  return { ...(await keptKeys(folder)), kept: true };
}

async function keptKeys(folder: string): Promise<Keys> {
  const file = path.join(folder, 'keys.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read (${error.code}).`, { cause: error });
  });
  if (text === undefined) return makeKeys(folder, file);
  try {
    const keys = JSON.parse(text) as Keys;
    if (typeof keys.accessKeyId === 'string' && typeof keys.secretAccessKey === 'string') return keys;
  } catch {
    // One sentence for everything that is not keys.
  }
  throw new Error(`${file} does not hold keys. Remove it to have new ones made.`);
}

async function makeKeys(folder: string, file: string): Promise<Keys> {
  const keys = { accessKeyId: `DEV${randomBytes(8).toString('hex').toUpperCase()}`, secretAccessKey: randomBytes(30).toString('base64url') };
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFileAtomically(folder, file, JSON.stringify(keys, undefined, 2));
  } catch (error) {
    throw new Error(`The storage folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Give this user the right to it, or set AIRLOCK_STORAGE_DIR.`, { cause: error });
  }
  return keys;
}

async function main(): Promise<void> {
  const dataDir = path.resolve(process.env.AIRLOCK_STORAGE_DIR || '.data/storage');
  const port = Number(process.env.AIRLOCK_STORAGE_PORT || 9300);
  const region = process.env.AWS_REGION || 'eu-west-1';
  const { kept, ...keys } = await findKeys(dataDir);
  const server = await startEmbeddedS3({
    dataDir,
    port,
    region,
    ...keys,
    buckets: process.env.S3_BUCKET ? [process.env.S3_BUCKET] : [],
    onLog: (entry) => {
      if (entry.level !== 'info') console.error(`${entry.level}: ${entry.message}`);
    },
  });
  console.log('Embedded S3-compatible storage, for development only.');
  console.log(`  endpoint           ${server.endpoint} (path style, region ${region})`);
  console.log(`  folder             ${dataDir}`);
  console.log(`  access key id      ${keys.accessKeyId}`);
  console.log(`  secret access key  ${kept ? keys.secretAccessKey : 'as set in S3_SECRET_ACCESS_KEY'}`);
  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
