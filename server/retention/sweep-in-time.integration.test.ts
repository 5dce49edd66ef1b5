import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeFile, makeReadyCase, makeStaff } from '@/prisma/seed/library';
import { RetentionSimulation } from '@/tests/retention/simulate-retention';
import { runSweepFaults } from '@/tests/retention/run-sweep-faults';
import { makeAnalysisOutput } from '@/tests/retention/simulated-file';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { closeDb, getDb } from '../db';
import { readLedgerFacts } from '../evidence/read-ledger-facts';
import { checkHealth } from '../health/check-health';
import { getManualOutput } from '../manual-output/list-manual-outputs';
import { writeManualOutput } from '../manual-output/write-manual-output';
import { closeS3 } from '../storage/s3-client';
import { getFileRetention } from './get-file-retention';
import { getRetentionProblems, readSweepFacts } from './read-sweep-facts';
import { sweep } from './sweep';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const code = (promise: Promise<unknown>) => promise.then(() => 'no error', (error: { code?: string }) => error.code ?? String(error));

afterAll(async () => {
  closeS3();
  await closeDb();
});

// `npm run retention-simulation` does the same with a thousand cases and two hundred runs.
describe('sixty days of a few cases', () => {
  it('leave no object, and no result, for longer than its clock and a minute', { timeout: 120_000 }, async () => {
    const report = await new RetentionSimulation({ cases: 6, days: 60, seed: 8 }).run();
    expect(report.problems).toEqual([]);
    expect(report.files).toBeGreaterThan(3);
    expect(report.latestMs).toBeLessThanOrEqual(MINUTE);
  });
});

describe('a storage that fails in the middle of a sweep', () => {
  // What the days before left is due by then; an upload is abandoned first.
  beforeAll(async () => {
    for (const days of [400, 402]) await sweep({ now: new Date(Date.now() + days * DAY) });
  });

  it.each([1, 2, 3, 4, 5])('never makes a file expired of which anything is left, and all are in the end (seed %i)', { timeout: 120_000 }, async (seed) => {
    expect((await runSweepFaults(seed)).problems).toEqual([]);
  });
});

describe('a result', () => {
  const now = new Date('2027-06-01T10:00:00.000Z');
  const after = (ms: number) => new Date(now.getTime() + ms);

  it('of manual analysis is read by the customer for a day, with a notice, and then is empty', async () => {
    const { customer, case: row } = await makeReadyCase({ now });
    const support = await makeStaff('support');
    const file = await makeFile({ caseId: row.id, by: customer, state: 'verified', now });
    const { outputId } = await writeManualOutput({ actor: support.actor, now, fileId: file.id, title: 'One cache holds the heap', body: 'See the dominators.' });
    const read = (at: Date) => getManualOutput({ actor: customer.actor, now: at, outputId });
    expect(await read(after(DAY - MINUTE))).toMatchObject({ body: 'See the dominators.', writtenBy: 'Support', dueAt: after(DAY).toISOString(), caseReference: row.reference });
    expect(await getDb().notice.count({ where: { userId: customer.id, kind: 'manual_output_written' } })).toBe(1);
    // Also where the sweeper is late, on the page of its file as on its own.
    const listed = async (at: Date) => (await getFileRetention({ actor: customer.actor, now: at, fileId: file.id })).outputs;
    expect(await read(after(DAY))).toMatchObject({ body: null, title: null });
    expect(await listed(after(DAY - MINUTE))).toMatchObject([{ title: 'One cache holds the heap' }]);
    expect(await listed(after(DAY))).toMatchObject([{ title: null, dueAt: null, goneAt: null }]);
    await sweep({ now: after(DAY - MINUTE) });
    expect((await getDb().manualOutput.findUniqueOrThrow({ where: { id: outputId } })).body).not.toBeNull();
    expect(await sweep({ now: after(DAY) })).toMatchObject({ outputs: 1 });
    expect(await getDb().manualOutput.findUniqueOrThrow({ where: { id: outputId } })).toMatchObject({ title: null, body: null, sizeBytes: 19 });
    expect(await listed(after(DAY))).toMatchObject([{ title: null, dueAt: null, goneAt: after(DAY).toISOString() }]);
    expect(await getDb().auditEvent.count({ where: { fileId: file.id, type: 'manual_output.expired' } })).toBe(1);
  });

  it('is written by support and data administrators about a file that was stored, and read within its organization', async () => {
    const { customer, case: row } = await makeReadyCase({ now });
    const { customer: stranger } = await makeReadyCase({ now });
    const [support, dataAdmin, admin] = [await makeStaff('support'), await makeStaff('data_admin'), await makeStaff('admin')];
    const file = await makeFile({ caseId: row.id, by: customer, state: 'verified', now });
    const [unfinished, ordered] = [await makeFile({ caseId: row.id, by: customer, state: 'uploading', now }), await makeFile({ caseId: row.id, by: customer, state: 'verified', now })];
    await getDb().erasureOrder.create({ data: { caseId: row.id, fileId: ordered.id, orderedById: customer.id, orderedAt: now } });
    const write = (actor: typeof admin.actor, fileId: string) => writeManualOutput({ actor, now, fileId, title: 'A title', body: 'A text.' });
    const { outputId } = await write(dataAdmin.actor, file.id);
    for (const { actor } of [customer, stranger, admin]) expect(await code(write(actor, file.id))).toBe('not_found');
    for (const fileId of [unfinished.id, ordered.id]) expect(await code(write(support.actor, fileId))).toBe('file_wrong_state');
    expect(await code(getManualOutput({ actor: stranger.actor, now, outputId }))).toBe('not_found');
    expect(await code(getManualOutput({ actor: support.actor, now, outputId }))).toBe('no error');
  });

  it('of automated analysis is emptied after thirty days', async () => {
    const { customer, case: row } = await makeReadyCase({ now });
    const file = await makeFile({ caseId: row.id, by: customer, state: 'verified', now });
    const outputId = await makeAnalysisOutput(file.id, now, 30);
    await sweep({ now: after(30 * DAY - MINUTE) });
    expect((await getDb().analysisOutput.findUniqueOrThrow({ where: { id: outputId } })).body).not.toBeNull();
    await sweep({ now: after(30 * DAY) });
    expect(await getDb().analysisOutput.findUniqueOrThrow({ where: { id: outputId } })).toMatchObject({ title: null, body: null });
  });
});

describe('the alarm', () => {
  // Sweeps of other tests ran at other times.
  beforeEach(async () => {
    await getDb().sweepRun.deleteMany();
  });

  it('is raised on the desk and in health by what is overdue, and ends with the sweep that catches up', async () => {
    const { customer, case: row } = await makeReadyCase();
    await makeFile({ caseId: row.id, by: customer, state: 'verified', now: new Date(Date.now() - 7 * DAY - 11 * MINUTE) });
    expect((await getRetentionProblems({ now: new Date() })).join(' ')).toContain('past the date');
    expect(await checkHealth()).toMatchObject({ status: 'ok', retention: { state: 'failing', overdue: 1 } });
    await sweep({ now: new Date() });
    expect(await getRetentionProblems({ now: new Date() })).toEqual([]);
    expect(await checkHealth()).toMatchObject({ retention: { state: 'ok', overdue: 0 } });
  });

  it('is raised by sweeps that fail one after another, and by a sweeper that is silent', async () => {
    const now = new Date();
    const { customer, case: row } = await makeReadyCase();
    await makeFile({ caseId: row.id, by: customer, state: 'verified', now });
    const at = (minutes: number) => new Date(now.getTime() + minutes * MINUTE);
    for (const minute of [1, 2, 3]) await getDb().sweepRun.create({ data: { startedAt: at(minute), endedAt: at(minute), failed: 2 } });
    expect((await readSweepFacts({ now: at(3) })).failuresInARow).toBe(3);
    expect((await getRetentionProblems({ now: at(3) })).join(' ')).toContain('could not erase everything');
    expect((await getRetentionProblems({ now: at(10) })).join(' ')).toContain('has not run for 5 minutes');
    await sweep({ now: at(10) });
    expect(await getRetentionProblems({ now: at(10) })).toEqual([]);
  });

  it('is not deaf where a clock was set back by a day: sweeps of tomorrow count for nothing, and are named', async () => {
    const now = new Date();
    const { customer, case: row } = await makeReadyCase();
    await makeFile({ caseId: row.id, by: customer, state: 'verified', now });
    await sweep({ now: new Date(now.getTime() + DAY) });
    for (const minutes of [20, 19, 18]) await getDb().sweepRun.create({ data: { startedAt: new Date(now.getTime() - minutes * MINUTE), endedAt: new Date(now.getTime() - minutes * MINUTE), failed: 1 } });
    const problems = (await getRetentionProblems({ now })).join(' ');
    for (const part of ['has not run for 5 minutes', 'The last 3 sweeps could not', 'the clock of a machine was set back']) expect(problems).toContain(part);
    expect(await readLedgerFacts({ now })).toMatchObject({ sweptAhead: true, lastSweep: { failed: 1 } });
  });

  it('is raised by an erasure whose last look is overdue', async () => {
    const now = new Date();
    const { customer, case: row } = await makeReadyCase();
    const before = (minutes: number) => new Date(now.getTime() - minutes * MINUTE);
    const { id } = await getDb().erasureOrder.create({ data: { caseId: row.id, orderedById: customer.id, state: 'done', orderedAt: before(90), doneAt: before(90), watchUntil: before(4) } });
    expect((await readSweepFacts({ now })).lateErasures).toBe(0);
    await getDb().erasureOrder.update({ where: { id }, data: { watchUntil: before(6) } });
    expect((await getRetentionProblems({ now })).join(' ')).toContain('One order to erase is not done yet');
    await getDb().erasureOrder.update({ where: { id }, data: { watchEndedAt: now } });
    expect((await readSweepFacts({ now })).lateErasures).toBe(0);
  });
});

it('leaves the audit chain whole', async () => {
  expect(await verifyAuditChain()).toMatchObject({ intact: true });
});
