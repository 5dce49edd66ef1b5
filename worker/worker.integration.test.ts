import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeReadyCase, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { publishContent } from '@/server/content/publish-content';
import { closeDb, getDb } from '@/server/db';
import { LiveHub } from '@/server/live/live-hub';
import { sweep } from '@/server/retention/sweep';
import { closeS3 } from '@/server/storage/s3-client';
import { sampleContent, sendFile } from '@/tests/fixtures/send-file';

let customer: SeedUser;
let row: SeedCase;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  await publishContent({ now: new Date() });
  ({ customer, case: row } = await makeReadyCase());
});
afterEach(async () => {
  for (const worker of workers.splice(0)) {
    if (worker.exitCode !== null || worker.signalCode !== null) continue;
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }
});
afterAll(async () => {
  closeS3();
  await closeDb();
});

/** A worker as the launcher starts it; resolves once it says that it is ready. */
async function startWorkerProcess(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, ['--import', 'tsx', 'worker/main.ts'], { cwd: path.resolve(import.meta.dirname, '..'), env: process.env, stdio: ['ignore', 'pipe', 'inherit'] });
  workers.push(worker);
  if (!worker.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: worker.stdout })) if (line === 'ready') return worker;
  throw new Error('The worker ended before it was ready.');
}

/** Waits for an event of a file by what the database tells; asks once first, since it may have happened. */
async function untilState(fileId: string, state: string): Promise<void> {
  const hub = new LiveHub(process.env.DATABASE_URL ?? '');
  await new Promise<void>((resolve, reject) => {
    const look = async () => {
      const file = await getDb().diagnosticFile.findUniqueOrThrow({ where: { id: fileId } });
      if (file.state === state) resolve();
    };
    hub.listen(() => void look().catch(reject)).then((stop) => look().then(() => stop, reject), reject);
  });
}

describe('the worker', () => {
  it('reads a file back as soon as it is stored, and ends in order when it is told to', async () => {
    const worker = await startWorkerProcess();
    const fileId = await sendFile(sampleContent(100_000), { actor: customer.actor, reference: row.reference });
    await untilState(fileId, 'verified');
    worker.kill('SIGTERM');
    expect(await once(worker, 'exit')).toEqual([0, null]);
    expect(await getDb().workerHeartbeat.count()).toBe(0);
  });

  it('is killed in the middle, and the next one ends what it began, with one receipt', async () => {
    const first = await startWorkerProcess();
    const fileId = await sendFile(sampleContent(9_000_000), { actor: customer.actor, reference: row.reference });
    first.kill('SIGKILL');
    await once(first, 'exit');
    await startWorkerProcess();
    await sweep({ now: new Date(Date.now() + 3 * 60_000) });
    await untilState(fileId, 'verified');
    expect(await getDb().receipt.count({ where: { fileId } })).toBe(1);
  });

  it('drops a job whose payload is not what it should be, and goes on', async () => {
    await getDb().$executeRaw`select graphile_worker.add_job('verify-file', '{"fileId": "../etc", "name": "x"}'::json)`;
    await startWorkerProcess();
    const fileId = await sendFile(sampleContent(1000), { actor: customer.actor, reference: row.reference });
    await untilState(fileId, 'verified');
    expect(await getDb().$queryRaw`select count(*)::int as jobs from graphile_worker.jobs where last_error is not null`).toEqual([{ jobs: 0 }]);
  });
});
