import { DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { encode } from 'next-auth/jwt';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { receiptPayload } from '@/domain/receipt';
import { makeCustomer, makeReadyCase, makeSession } from '@/prisma/seed/library';
import { toolEnvironment } from '@/scripts/lib/compose-environment';
import { type Endings } from '@/scripts/lib/endings';
import { removeDataFolder } from '@/scripts/lib/postgres-home';
import { repositoryRoot } from '@/scripts/lib/repository-root';
import { startPortal } from '@/scripts/lib/start-portal';
import { makeSteps } from '@/scripts/lib/steps';
import { sessionCookie } from '@/server/auth/session-cookie';
import { closeDb, getDb } from '@/server/db';
import { getAuthSecret } from '@/server/env';
import { closeS3, getBucket, getS3 } from '@/server/storage/s3-client';
import { makeUploadKey } from '@/tests/fixtures/api-client';

const DAY_MS = 86_400_000;

/** A sent file as the portal has it. */
export interface SentFile {
  readonly id: string;
  readonly sizeBytes: number;
  readonly segmentSizes: readonly number[];
  readonly segmentBytes: number;
}

/** A case that may send, with the cookie of its customer and an upload key. */
export interface BenchCase {
  readonly id: string;
  readonly reference: string;
  readonly cookie: { readonly name: string; readonly value: string; readonly url: string };
  readonly key: string;
}

/** A whole portal of its own, as `npm start` runs it: production build, embedded database and storage. */
export class BenchPortal {
  readonly url: string;
  readonly storagePort: number;

  private constructor(url: string, storage: string) {
    this.url = url;
    this.storagePort = Number(new URL(storage).port);
  }

  static async start({ folder, port, endings, signal }: { folder: string; port: number; endings: Endings; signal: AbortSignal }): Promise<BenchPortal> {
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
    const dataDir = join(folder, `portal-${process.pid}`);
    endings.add('data', () => removeDataFolder(dataDir));
    const shell = toolEnvironment(process.env, { PORT: String(port), AIRLOCK_DATA_DIR: dataDir }) as NodeJS.ProcessEnv;
    const portal = await startPortal({ root: repositoryRoot, shell, temporary: true, steps: makeSteps((line) => console.error(line)), endings, signal });
    // The seed library and the signing of sessions read the portal's own environment.
    Object.assign(process.env, portal.env);
    endings.add('database connections', closeDb);
    endings.add('storage connections', closeS3);
    return new BenchPortal(portal.settings.AIRLOCK_URL, portal.env.S3_ENDPOINT ?? '');
  }

  async newCase(): Promise<BenchCase> {
    const customer = await makeCustomer({ name: 'Bench Customer' });
    const { case: made } = await makeReadyCase({ openedBy: customer });
    const { id: sid } = await makeSession(customer);
    const value = await encode({ token: { sid }, secret: getAuthSecret(), maxAge: DAY_MS / 1000 });
    const { secret: key } = await makeUploadKey(made.id, customer.id, { expiresAt: new Date(Date.now() + DAY_MS) });
    return { id: made.id, reference: made.reference, cookie: { name: sessionCookie().name, value, url: this.url }, key };
  }

  /** The state of a file by the HTTP contract. */
  async stateOf(fileId: string, { cookie }: Pick<BenchCase, 'cookie'>): Promise<string> {
    const response = await fetch(`${this.url}/api/v1/files/${fileId}`, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
    return ((await response.json()) as { state?: string }).state ?? `answer ${response.status}`;
  }

  async fileOf({ id }: BenchCase): Promise<SentFile> {
    const file = await getDb().diagnosticFile.findFirstOrThrow({ where: { caseId: id }, select: { id: true, segmentBytes: true, segments: { select: { sizeBytes: true } } } });
    const segmentSizes = file.segments.map(({ sizeBytes }) => Number(sizeBytes));
    return { id: file.id, segmentBytes: file.segmentBytes, segmentSizes, sizeBytes: segmentSizes.reduce((sum, size) => sum + size, 0) };
  }

  /** Waits until the worker has read the file back, and throws unless the receipt names the SHA-256 of what was sent. */
  async verified(fileId: string, sha256: string): Promise<void> {
    for (;;) {
      const { state, receipt } = await getDb().diagnosticFile.findUniqueOrThrow({ where: { id: fileId }, select: { state: true, receipt: { select: { payload: true } } } });
      if (receipt) {
        if (receiptPayload.parse(JSON.parse(receipt.payload)).rawSha256 !== sha256) throw new Error('The receipt names another content than what was sent.');
        return;
      }
      if (state !== 'stored' && state !== 'verified') throw new Error(`The file is ${state}.`);
      await delay(100);
    }
  }

  /** The address of one plain PUT of a whole object. */
  async plainPutUrl(key: string): Promise<string> {
    return getSignedUrl(getS3(), new PutObjectCommand({ Bucket: getBucket(), Key: key, ServerSideEncryption: 'AES256' }), { expiresIn: 900, unhoistableHeaders: new Set(['x-amz-server-side-encryption']) });
  }
  /** Removes what a run left in storage, so that the next one finds the same room. */
  async removeObjects(prefix: string): Promise<void> {
    const { Versions = [] } = await getS3().send(new ListObjectVersionsCommand({ Bucket: getBucket(), Prefix: prefix }));
    for (const { Key, VersionId } of Versions) await getS3().send(new DeleteObjectCommand({ Bucket: getBucket(), Key, VersionId }));
  }
}
