import { join } from 'node:path';
import { type EmbeddedS3, startEmbeddedS3 } from '@/embedded-s3/server';
import type { Environment } from '@/server/env';
import { configureBucket } from '@/server/storage/configure-bucket';
import { makeS3 } from '@/server/storage/s3-client';
import type { StartedParts } from './compose-environment';
import type { Endings } from './endings';
import { openProcessLog } from './process-log';
import { freePort, rememberedPort } from './ports';
import { StartError, sentenceOf } from './start-error';

type Keys = Omit<NonNullable<StartedParts['storage']>, 'endpoint'>;
/** The embedded storage, which can be cut off as by a crash and started again where it was. */
export type Storage = NonNullable<StartedParts['storage']> & { crash: () => Promise<void>; startAgain: () => Promise<void> };

/**
 * Starts the embedded storage inside this process, on loopback, and sets its bucket up as production's is. Where S3_ENDPOINT names a
 * storage of one's own, that one's bucket is set up, and nothing is started.
 */
export async function openStorage({ settings, keys, endings }: { settings: Environment; keys: Keys; endings: Endings }): Promise<Storage | undefined> {
  const storage = settings.S3_ENDPOINT ? undefined : await startStorage({ settings, keys, endings });
  const credentials = storage ?? ownKeys(settings);
  const s3 = makeS3({ region: settings.AWS_REGION, endpoint: storage?.endpoint ?? settings.S3_ENDPOINT, credentials });
  try {
    await configureBucket({ s3, bucket: settings.S3_BUCKET, portalOrigin: new URL(settings.AIRLOCK_URL).origin, retentionDays: settings.RETENTION_RAW_DAYS });
  } catch (error) {
    throw new StartError(`The bucket ${settings.S3_BUCKET} cannot be set up: ${sentenceOf(error)}`);
  } finally {
    s3.destroy();
  }
  return storage;
}

function ownKeys(settings: Environment): { accessKeyId: string; secretAccessKey: string } | undefined {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
}

async function startStorage({ settings, keys, endings }: { settings: Environment; keys: Keys; endings: Endings }): Promise<Storage> {
  const log = openProcessLog(settings.AIRLOCK_DATA_DIR, 'storage');
  endings.add('log of the storage', log.close);
  for (let attempt = 1; ; attempt++) {
    // Loopback ports of other programs come and go between the look and the listening; a second choice settles it.
    const port = attempt === 1 ? await rememberedPort(settings.AIRLOCK_DATA_DIR, 'storage') : await freePort();
    try {
      const start = (): Promise<EmbeddedS3> =>
        startEmbeddedS3({
          dataDir: join(settings.AIRLOCK_DATA_DIR, 'storage'),
          port,
          ...keys,
          region: settings.AWS_REGION,
          onLog: ({ level, message }) => log.write(`${new Date().toISOString()} ${level} ${message}`),
        });
      return keptStorage(await start(), start, keys, endings);
    } catch (error) {
      if (attempt === 3 || !/in use/.test(sentenceOf(error)) || /folder/.test(sentenceOf(error))) throw new StartError(`The embedded storage does not start: ${sentenceOf(error)}`);
    }
  }
}

function keptStorage(first: EmbeddedS3, start: () => Promise<EmbeddedS3>, keys: Keys, endings: Endings): Storage {
  let server: EmbeddedS3 | undefined = first;
  const close = async (graceMs?: number): Promise<void> => {
    const closing = server;
    server = undefined;
    await closing?.close(graceMs);
  };
  endings.add('storage', () => close());
  return {
    endpoint: first.endpoint,
    ...keys,
    crash: () => close(0),
    startAgain: async () => {
      server ??= await start();
    },
  };
}
