import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { fileKeyPrefix } from '@/domain/file-name';
import { dueDate } from '@/domain/retention';
import { makeFile, makeReadyCase, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { sweep } from '@/server/retention/sweep';
import { getBucket, getS3 } from '@/server/storage/s3-client';
import { SeededRandom } from '../fixtures/random';
import { breakStorage } from './break-storage';
import { filesInStorage } from './check-storage';
import { DAY_MS, MINUTE_MS } from './simulated-file';

/** Nights in which clocks are put forward or back in much of Europe and America, and an ordinary one. */
const NIGHTS = ['2027-03-28T00:59:30Z', '2027-10-31T00:59:30Z', '2027-11-07T05:59:30Z', '2028-02-29T23:59:30Z', '2027-06-15T12:00:00Z'];
const LONGEST_ROUNDS = 10;

type Planned = { readonly id: string; readonly isDue: boolean; readonly wasAbandoned: boolean };
export type FaultRun = { readonly seed: number; readonly files: number; readonly faults: number; readonly problems: readonly string[] };

/** A file in some state with a few versions and delete markers, written past the use cases: what is tested is how it goes. */
async function plantFile({ row, customer, at, isDue, wasAbandoned, random }: { row: SeedCase; customer: SeedUser; at: Date; isDue: boolean; wasAbandoned: boolean; random: SeededRandom }): Promise<Planned> {
  const age = wasAbandoned ? DAY_MS : 7 * DAY_MS;
  // What is not due stays so although the time jumps a day ahead.
  const since = new Date(at.getTime() - age + (isDue ? -random.below(3 * MINUTE_MS) : 2 * DAY_MS));
  const { id } = await makeFile({ caseId: row.id, by: customer, state: wasAbandoned ? 'abandoned' : random.pick(['stored', 'verified', 'quarantined'] as const), now: since });
  const segments = 1 + random.below(3);
  for (let index = 1; index <= segments; index += 1) {
    const Key = `${fileKeyPrefix({ reference: row.reference, fileId: id })}heap.hprof.gz.${String(index).padStart(4, '0')}`;
    await getDb().segment.create({ data: { fileId: id, index, objectKey: Key, state: 'stored', rawSizeBytes: 1n, rawSha256: 'a'.repeat(64), sizeBytes: 1n, sha256: 'b'.repeat(64), announcedAt: since, storedAt: since } });
    for (let version = random.below(3); version >= 0; version -= 1) await getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key, Body: `version ${version}` }));
    if (random.below(3) === 0) await getS3().send(new DeleteObjectCommand({ Bucket: getBucket(), Key }));
  }
  return { id, isDue, wasAbandoned };
}

/** The time as a worker's machine has it: right, or a day ahead or behind. */
function timeOf(at: Date, random: SeededRandom): Date {
  return new Date(at.getTime() + random.below(5) * MINUTE_MS + random.pick([0, 0, 0, DAY_MS, -DAY_MS]));
}

/** Never *expired* while an object or version is there; what is not due is left alone. */
async function lookAround(planned: readonly Planned[], when: string): Promise<string[]> {
  const present = await filesInStorage();
  const rows = await getDb().diagnosticFile.findMany({ where: { id: { in: planned.map(({ id }) => id) } }, select: { id: true, state: true } });
  return planned.flatMap(({ id, isDue }) => {
    const state = rows.find((row) => row.id === id)?.state;
    if (state === 'expired' && present.has(id)) return [`${id} is said to be expired ${when}, and objects of it are there.`];
    if (!isDue && (state === 'expired' || !present.has(id))) return [`${id} was not due, and was erased ${when}.`];
    return [];
  });
}

/** One seeded run: storage that refuses, loses answers, deletes by halves, or takes its time; workers that are killed, two at once; a clock that jumps. In the end everything due is gone. */
export async function runSweepFaults(seed: number): Promise<FaultRun> {
  const random = new SeededRandom(seed);
  const at = new Date(random.pick(NIGHTS));
  const { customer, case: row } = await makeReadyCase({ now: dueDate(at, -8) });
  const planned: Planned[] = [];
  for (let count = 2 + random.below(4); count >= 0; count -= 1) planned.push(await plantFile({ row, customer, at, isDue: random.below(4) !== 0, wasAbandoned: random.below(4) === 0, random }));
  const problems: string[] = [];
  let faults = 0;
  for (let round = 1 + random.below(LONGEST_ROUNDS); round > 0; round -= 1) {
    const broken = breakStorage(getS3(), random, { chance: random.pick([0.1, 0.3, 0.6, 1]), mayKill: true });
    const workers = Array.from({ length: 1 + random.below(2) }, () => sweep({ now: timeOf(at, random) }));
    await Promise.all(workers).finally(broken.stop);
    faults += broken.met.length;
    problems.push(...(await lookAround(planned, `in a round with ${broken.met.join(', ') || 'no fault'}`)));
  }
  await sweep({ now: new Date(at.getTime() + 5 * MINUTE_MS) });
  problems.push(...(await lookAround(planned, 'at the end')), ...(await leftBehind(planned)));
  return { seed, files: planned.length, faults, problems: problems.map((problem) => `Seed ${seed}: ${problem}`) };
}

/** What should be gone and is not, and what was recorded more than once. The next run begins with an empty bucket. */
async function leftBehind(planned: readonly Planned[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { id, isDue, wasAbandoned } of planned) {
    const events = (await getDb().auditEvent.findMany({ where: { fileId: id }, select: { type: true } })).map(({ type }) => type).sort();
    const expected = !isDue ? [] : wasAbandoned ? ['file.expired'] : ['clock.ended', 'file.expired'];
    if (events.join() !== expected.join()) problems.push(`${id} has the events ${events.join(', ') || 'none'} instead of ${expected.join(', ') || 'none'}.`);
  }
  await getDb().retentionClock.updateMany({ where: { fileId: { in: planned.map(({ id }) => id) }, endedAt: null }, data: { dueAt: new Date(0) } });
  await getDb().diagnosticFile.updateMany({ where: { id: { in: planned.map(({ id }) => id) }, state: 'abandoned' }, data: { stateAt: new Date(0) } });
  await sweep({ now: new Date() });
  if ((await filesInStorage()).size > 0) problems.push('The bucket is not empty after everything was due.');
  return problems;
}
