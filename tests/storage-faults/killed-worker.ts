import { setTimeout as delay } from 'node:timers/promises';
import { type S3Client } from '@aws-sdk/client-s3';
import { END_WITH_LAUNCHER, startChild, type StartedChild } from '@/scripts/lib/child-process';
import { signal } from '@/scripts/lib/processes';
import { getDb } from '@/server/db';
import { orderErasure } from '@/server/erasure/order-erasure';
import { countInStorage } from '../fixtures/in-storage';
import { SeededRandom } from '../fixtures/random';
import { makeLargeCase } from './large-case';

/** Objects of each case: enough for a worker to be killed among them, few enough to be counted in one call. */
const OBJECTS = 400;
/** From order to verified absent takes less than this (P-ERASE), also where a worker is killed on the way. */
const PATIENCE_MS = 5 * 60_000;

type Deed = 'erasure' | 'expiry';
type Victim = { readonly deed: Deed; readonly caseId: string; readonly reference: string; readonly since: number };

/** The worker as its own process, as the launcher starts it. Resolves once it takes jobs. */
async function startWorkerProcess(root: string): Promise<StartedChild> {
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => (ready = resolve));
  const env = { ...(process.env as Record<string, string>), NODE_ENV: 'production' };
  const said: string[] = [];
  const output = (line: string) => (line.trim() === 'ready' ? ready() : void said.push(line));
  const child = startChild({ command: process.execPath, args: [...END_WITH_LAUNCHER, '--import', 'tsx', 'worker/main.ts'], cwd: root, env, output });
  await Promise.race([isReady, child.exited.then(({ code }) => Promise.reject(new Error(`The worker ended with ${code} before it was ready: ${said.slice(-8).join(' | ')}`)))]);
  return child;
}

/** SIGKILL and nothing before it: the process gets no chance to let go of anything. */
async function kill(worker: StartedChild): Promise<void> {
  signal(-worker.pid, 'SIGKILL');
  await worker.exited;
}

/** Throws where a file is said to be gone while an object of it is there, or its case is certified before all are. */
async function assertNoLie({ caseId, reference }: Victim, seen: S3Client): Promise<void> {
  const certified = await getDb().erasureCertificate.count({ where: { order: { caseId } } });
  const gone = await getDb().diagnosticFile.findMany({ where: { caseId, state: { in: ['erased', 'expired'] } }, select: { id: true, state: true } });
  for (const { id, state } of gone) {
    const left = await countInStorage(`${reference}/${id}/`, seen);
    if (left > 0) throw new Error(`A file is ${state}, and ${left} versions of it exist.`);
  }
  if (certified > 0 && (await countInStorage(`${reference}/`, seen)) > 0) throw new Error('The case is certified, and objects of it exist.');
}

async function begin(deed: Deed): Promise<Victim> {
  const { customer, caseId, reference } = await makeLargeCase(OBJECTS);
  const since = Date.now();
  if (deed === 'erasure') await orderErasure({ actor: customer.actor, now: new Date(since), reference, confirmation: reference });
  else await getDb().retentionClock.updateMany({ where: { file: { caseId } }, data: { dueAt: new Date(since) } });
  return { deed, caseId, reference, since };
}

async function isDone({ deed, caseId }: Victim): Promise<boolean> {
  if (deed === 'erasure') return (await getDb().erasureOrder.count({ where: { caseId, state: 'done' } })) === 1;
  return (await getDb().diagnosticFile.count({ where: { caseId, state: { not: 'expired' } } })) === 0;
}

/** Waits until a worker has deleted so much that no more than `objects` are left. */
async function untilLeft(objects: number, { reference, since }: Victim, seen: S3Client): Promise<number> {
  for (;;) {
    const left = await countInStorage(`${reference}/`, seen);
    if (left <= objects) return left;
    if (Date.now() - since > PATIENCE_MS) throw new Error('No worker began to delete.');
    await delay(5);
  }
}

async function assertEnd(victim: Victim, seen: S3Client): Promise<number> {
  while (!(await isDone(victim))) {
    if (Date.now() - victim.since > PATIENCE_MS) throw new Error(`The ${victim.deed} did not come to its end within five minutes.`);
    await assertNoLie(victim, seen);
    await delay(250);
  }
  const milliseconds = Date.now() - victim.since;
  await assertNoLie(victim, seen);
  const left = await countInStorage(`${victim.reference}/`, seen);
  if (left > 0) throw new Error(`The ${victim.deed} is at its end, and ${left} objects are left.`);
  return milliseconds;
}

/**
 * Workers that are killed (SIGKILL, as a process) while they delete, at a point that the seed says, each time with another one started in its place: of every second case the erasure was
 * ordered, of the others the time is over. The queue and the sweeper alone bring them to their end. Throws where something is said to be gone that is there, or is not at its end within five minutes.
 */
export async function killWorkers({ root, kills, seed, seen, say }: { readonly root: string; readonly kills: number; readonly seed: number; readonly seen: S3Client; readonly say: (line: string) => void }): Promise<void> {
  const random = new SeededRandom(seed);
  const victims: Victim[] = [];
  let worker = await startWorkerProcess(root);
  try {
    for (let nth = 0; nth < kills; nth += 1) {
      const victim = await begin(nth % 2 === 0 ? 'erasure' : 'expiry');
      victims.push(victim);
      const left = await untilLeft(random.below(OBJECTS), victim, seen);
      await kill(worker);
      for (const each of victims) await assertNoLie(each, seen);
      say(`kill ${nth + 1}: ${victim.deed}, with ${left} of ${OBJECTS} objects left${(await isDone(victim)) ? ', and at its end' : ''}`);
      worker = await startWorkerProcess(root);
    }
    for (const victim of victims) say(`${victim.deed}: seen to be absent after ${((await assertEnd(victim, seen)) / 1000).toFixed(1)} s`);
  } finally {
    await worker.stop();
  }
}
