import { createPublicKey, verify } from 'node:crypto';
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type ErasureCertificatePayload, erasureCertificatePayload } from '@/domain/erasure';
import { makeReadyCase, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { getEnv } from '@/server/env';
import { eraseOrder } from '@/server/erasure/erase-order';
import { orderErasure } from '@/server/erasure/order-erasure';
import { watchOrder } from '@/server/erasure/watch-order';
import { expireFile } from '@/server/file/expire-file';
import { presignSegments } from '@/server/file/presign-segments';
import { getReceiptKey } from '@/server/receipt/receipt-key';
import { getBucket, getS3, makeS3 } from '@/server/storage/s3-client';
import { countInStorage } from '../fixtures/in-storage';
import { SeededRandom } from '../fixtures/random';
import { prepareSegment, type PreparedSegment, put, reserve, sampleContent, sendFile } from '../fixtures/send-file';
import { breakStorage, planStorageFaults } from './break-storage';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Calls in which faults are placed: about what an undisturbed run makes for each file, and for the case. */
const CALLS_A_FILE = 6;
/** A run that is not done by then will never be. */
const MAX_ROUNDS = 40;

export type FaultRun = { readonly told: string; readonly rounds: number; readonly calls: number; readonly late: number };
type Late = { readonly fileId: string; readonly segment: PreparedSegment; readonly presigned: Awaited<ReturnType<typeof presignSegments>>['segments'][number] };
type World = { readonly customer: SeedUser; readonly row: SeedCase; readonly fileIds: readonly string[]; readonly late: readonly Late[]; readonly versions: number; /** Files that a URL from before the order wrote to, maybe after the last look. */ readonly written: Set<string> };

/** Files in several stages: stored with old versions and delete markers, half sent, and an object that nobody announced. */
async function makeWorld(random: SeededRandom): Promise<World> {
  const { customer, case: row } = await makeReadyCase();
  const sender = { actor: customer.actor, reference: row.reference };
  const fileIds: string[] = [];
  const late: Late[] = [];
  for (let at = 0; at < 1 + random.below(3); at += 1) {
    const content = sampleContent(600 + random.below(3000), random.next());
    if (random.below(3) > 0) {
      const fileId = await sendFile(content, sender);
      await addVersions(`${row.reference}/${fileId}/heap.hprof.gz`, random);
      fileIds.push(fileId);
      continue;
    }
    const fileId = await reserve(content, sender);
    const segment = prepareSegment(1, content);
    const { segments } = await presignSegments({ actor: customer.actor, now: new Date(), fileId, segments: [segment.announced] });
    for (const presigned of segments) late.push({ fileId, segment, presigned });
    fileIds.push(fileId);
  }
  if (random.below(2) === 0) await getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key: `${row.reference}/${fileIds[0] ?? ''}/put-past-the-portal`, Body: 'x' }));
  return { customer, row, fileIds, late, versions: await countInStorage(`${row.reference}/`), written: new Set() };
}

async function addVersions(key: string, random: SeededRandom): Promise<void> {
  for (let left = random.below(8); left > 0; left -= 1) {
    const command = random.below(4) === 0 ? new DeleteObjectCommand({ Bucket: getBucket(), Key: key }) : new PutObjectCommand({ Bucket: getBucket(), Key: key, Body: `version ${left}` });
    await (command instanceof DeleteObjectCommand ? getS3().send(command) : getS3().send(command));
  }
}

/** Throws where something that is said to be gone is there, or where a certificate exists before that. `seen` looks past the faults. */
async function assertNoLie({ row, fileIds, written }: World, seen: S3Client): Promise<void> {
  const files = await getDb().diagnosticFile.findMany({ where: { id: { in: [...fileIds] } }, select: { id: true, state: true } });
  for (const { id, state } of files) {
    if ((state !== 'erased' && state !== 'expired') || written.has(id)) continue;
    const left = await countInStorage(`${row.reference}/${id}/`, seen);
    if (left > 0) throw new Error(`The file is ${state}, and ${left} versions of it exist.`);
  }
  const certified = await getDb().erasureCertificate.count({ where: { order: { caseId: row.id } } });
  if (certified > 0 && files.some(({ state }) => state !== 'erased')) {
    const orders = await getDb().erasureOrder.findMany({ where: { caseId: row.id }, select: { fileId: true } });
    if (orders.some(({ fileId }) => fileId === null)) throw new Error('The case is certified, and not all of its files are erased.');
  }
}

/** A client that the faults do not reach. The caller destroys it. */
export function storagePastFaults(): S3Client {
  const { AWS_REGION: region, S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId = '', S3_SECRET_ACCESS_KEY: secretAccessKey = '' } = getEnv();
  return makeS3({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
}

/** One erasure, or one expiry, that is broken by its seed until it comes to its end. Throws where a promise is broken on the way. */
export async function runErasureFaults(seed: number, seen: S3Client): Promise<FaultRun> {
  const random = new SeededRandom(seed);
  const world = await makeWorld(random);
  const mode = random.pick(['file', 'case', 'case', 'expiry'] as const);
  const calls = CALLS_A_FILE * (mode === 'case' ? world.fileIds.length + 1 : mode === 'file' ? 1 : world.fileIds.length);
  const faults = planStorageFaults(random, calls);
  // A PUT that lands in the middle of it; URLs end long before the last look of the watch.
  const duringCall = mode === 'case' ? 1 + random.below(calls) : 0;
  let isErasing = true;
  let worker = new AbortController();
  const broken = breakStorage(getS3(), {
    faults,
    kill: () => worker.abort(new Error('killed')),
    before: async ({ nth }) => {
      await assertNoLie(world, seen);
      if (nth === duringCall && isErasing) await writeLate(world, world.late.slice(0, 1));
    },
  });
  try {
    const work = mode === 'expiry' ? expiryOf(world) : await erasureOf(world, mode);
    let rounds = 0;
    for (let done = false; !done; rounds += 1) {
      if (rounds >= MAX_ROUNDS) throw new Error('It does not come to an end.');
      worker = new AbortController();
      const workers = random.below(4) === 0 ? [work.once, work.once] : [work.once];
      await Promise.allSettled(workers.map((once) => once(worker.signal)));
      await assertNoLie(world, seen);
      done = await work.isDone();
    }
    isErasing = false;
    const late = work.orderId ? await endLate(world, work.orderId, seen) : 0;
    if (work.orderId) await assertCertificate(work.orderId, world);
    return { told: `${mode}, ${world.fileIds.length} files, ${world.versions} versions, ${broken.met.join(', ') || 'no fault met'}`, rounds, calls: broken.calls(), late };
  } finally {
    broken.mend();
  }
}

/** A PUT that lands after the last look is no lie of the portal: the watch has to find it. Answers how many were taken. */
async function writeLate({ written }: World, late: readonly Late[]): Promise<number> {
  let taken = 0;
  for (const { fileId, segment, presigned } of late) {
    written.add(fileId);
    if ((await put(presigned, segment.body)).ok) taken += 1;
  }
  return taken;
}

type Work = { readonly orderId: string | null; readonly once: (signal: AbortSignal) => Promise<void>; readonly isDone: () => Promise<boolean> };

async function erasureOf({ customer, row, fileIds }: World, mode: 'file' | 'case'): Promise<Work> {
  const { orderId } = await orderErasure({ actor: customer.actor, now: new Date(), reference: row.reference, confirmation: row.reference, ...(mode === 'file' ? { fileId: fileIds[0] } : {}) });
  return {
    orderId,
    once: (signal) => eraseOrder({ orderId, signal, pageSize: 3 }),
    isDone: async () => (await getDb().erasureOrder.findUniqueOrThrow({ where: { id: orderId } })).state === 'done',
  };
}

function expiryOf({ fileIds }: World): Work {
  const now = new Date(Date.now() + 8 * DAY);
  const held = () => getDb().diagnosticFile.count({ where: { id: { in: [...fileIds] }, state: 'stored' } });
  return {
    orderId: null,
    once: async (signal) => {
      for (const fileId of fileIds) await expireFile({ fileId, now, signal });
    },
    isDone: async () => (await held()) === 0,
  };
}

/** What a URL from before the order still writes is found by the watch, and nothing is left when the watch ends. Answers how many were written. */
async function endLate(world: World, orderId: string, seen: S3Client): Promise<number> {
  const under = new Set((await getDb().erasureOrderFile.findMany({ where: { orderId }, select: { fileId: true } })).map(({ fileId }) => fileId));
  const taken = await writeLate(world, world.late.filter(({ fileId }) => under.has(fileId)));
  for (const minutes of [1, 2, 3, 30, 90, 91, 92, 93, 94, 95]) await watchOrder({ orderId, now: new Date(Date.now() + minutes * MINUTE) }).catch(() => undefined);
  for (const fileId of under) {
    const left = await countInStorage(`${world.row.reference}/${fileId}/`, seen);
    if (left > 0) throw new Error(`${left} versions are left after the watch.`);
  }
  const { watchEndedAt } = await getDb().erasureOrder.findUniqueOrThrow({ where: { id: orderId } });
  if (watchEndedAt === null) throw new Error('The watch did not end.');
  return taken;
}

async function assertCertificate(orderId: string, world: World): Promise<void> {
  const rows = await getDb().erasureCertificate.findMany({ where: { orderId }, orderBy: { edition: 'asc' } });
  const contents = rows.map(({ payload, signature }): ErasureCertificatePayload => {
    if (!verify(null, Buffer.from(payload, 'utf8'), createPublicKey(getReceiptKey().publicPem), Buffer.from(signature, 'base64'))) throw new Error('The signature does not hold.');
    return erasureCertificatePayload.parse(JSON.parse(payload));
  });
  const last = contents.at(-1);
  if (!last?.isFinal) throw new Error('There is no final certificate.');
  if (last.scope === 'case' && last.totals.versions + last.strays.versions < world.versions) throw new Error(`The certificate counts ${last.totals.versions} versions; there were ${world.versions}.`);
  const erased = await getDb().diagnosticFile.findMany({ where: { id: { in: last.files.map(({ fileId }) => fileId) } }, select: { state: true, name: true, segments: { select: { objectKey: true } } } });
  if (erased.length !== last.totals.files || erased.some(({ state, name, segments }) => state !== 'erased' || name !== null || segments.some(({ objectKey }) => objectKey.includes('heap')))) throw new Error('A file of the certificate is not a tombstone.');
}
