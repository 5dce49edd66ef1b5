import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCustomer, makeFile, makeReadyCase, makeStaff, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { closeDb, getDb, inTransaction } from '../db';
import { expireFile } from '../file/expire-file';
import { queueNotice } from '../notice/queue-notice';
import { MAX_ATTEMPTS, sendDueNotices } from '../notice/send-due-notices';
import { closeS3 } from '../storage/s3-client';
import { objectToExtension, withdrawExtension } from './end-extension';
import { followNotice } from './follow-notice';
import { getFileRetention } from './get-file-retention';
import { proposeExtension } from './propose-extension';
import { changeRetentionPeriods, getRetentionPeriods } from './retention-periods';
import { sweep } from './sweep';

const DAY = 24 * 60 * 60 * 1000;
const start = new Date('2027-03-25T10:00:00.000Z');
const day = (days: number) => new Date(start.getTime() + days * DAY);
const reason = 'The vendor of the driver answers on Monday.';
let customer: SeedUser;
let support: SeedUser;
let admin: SeedUser;
let row: SeedCase;
const mailed: string[] = [];
const mailer = ({ id }: { id: string }) => Promise.resolve(void mailed.push(id));
const refusing = () => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));

const code = (promise: Promise<unknown>) => promise.then(() => 'no error', (error: { code?: string }) => error.code ?? String(error));
const held = async () => (await makeFile({ caseId: row.id, by: customer, state: 'verified', now: start })).id;
const clockOf = (fileId: string) => getDb().retentionClock.findUniqueOrThrow({ where: { fileId } });
const dueAt = async (fileId: string) => (await clockOf(fileId)).dueAt;
const propose = (fileId: string, days = 7, now = day(1)) => proposeExtension({ actor: support.actor, now, fileId, days, reason });
const mail = (now: Date) => sendDueNotices({ now, mailer });
const stateOf = async (extensionId: string) => (await getDb().retentionExtension.findUniqueOrThrow({ where: { id: extensionId } })).state;
/** Mails what an earlier test left. */
const settled = async () => {
  await getDb().notice.updateMany({ where: { state: 'queued' }, data: { state: 'dead', lastError: 'test' } });
  return held();
};

beforeAll(async () => {
  ({ customer, case: row } = await makeReadyCase({ now: start }));
  [support, admin] = [await makeStaff('support'), await makeStaff('admin')];
});
afterAll(async () => {
  closeS3();
  await closeDb();
});

describe('an extension', () => {
  it('moves the clock once its notice was handed to mail, and not before', async () => {
    const fileId = await settled();
    const { extensionId } = await propose(fileId);
    expect([await stateOf(extensionId), await dueAt(fileId)]).toEqual(['proposed', day(7)]);
    expect(await sendDueNotices({ now: day(1), mailer: refusing })).toMatchObject({ sent: 0, retried: 1 });
    expect([await stateOf(extensionId), await dueAt(fileId)]).toEqual(['proposed', day(7)]);
    await mail(day(2));
    expect([await stateOf(extensionId), await dueAt(fileId)]).toEqual(['effective', day(14)]);
    const { noticeId, effectiveAt } = await getDb().retentionExtension.findUniqueOrThrow({ where: { id: extensionId } });
    expect([mailed.includes(noticeId ?? ''), effectiveAt]).toEqual([true, day(2)]);
    const notice = await getDb().notice.findUniqueOrThrow({ where: { id: noticeId ?? '' } });
    expect(notice).toMatchObject({ userId: customer.id, state: 'sent', data: { days: 7, reason, dueAt: day(14).toISOString() } });
    expect((await getDb().auditEvent.findMany({ where: { fileId }, orderBy: { seq: 'asc' } })).map(({ type }) => type)).toEqual(['extension.proposed', 'extension.took_effect']);
  });

  it('takes effect once, however often its notice is said to be sent', async () => {
    const fileId = await settled();
    const { extensionId } = await propose(fileId);
    const { noticeId } = await getDb().retentionExtension.findUniqueOrThrow({ where: { id: extensionId } });
    await Promise.all([1, 2, 3].map(() => inTransaction((tx) => followNotice(tx, { noticeId: noticeId ?? '', became: 'sent', now: day(1) }))));
    expect(await dueAt(fileId)).toEqual(day(14));
    expect(await getDb().auditEvent.count({ where: { fileId, type: 'extension.took_effect' } })).toBe(1);
  });

  it('does not take effect where the mail was given up, and support sees that', async () => {
    const fileId = await settled();
    const { extensionId } = await propose(fileId);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) await sendDueNotices({ now: new Date(day(1).getTime() + attempt * 3_600_000), mailer: refusing });
    expect([await stateOf(extensionId), await dueAt(fileId)]).toEqual(['undeliverable', day(7)]);
    const { extensions } = await getFileRetention({ actor: support.actor, now: day(1), fileId });
    expect(extensions).toMatchObject([{ state: 'undeliverable', proposedBy: 'You', reason }]);
    expect(await code(propose(fileId, 7, day(2)))).toBe('no error');
  });

  it('is told to somebody else of the organization where the sender is gone, and is refused where nobody is left', async () => {
    const gone = await makeCustomer();
    const { case: other } = await makeReadyCase({ openedBy: gone, now: start });
    const colleague = await makeCustomer({ organizationId: gone.organizationId });
    await getDb().user.update({ where: { id: gone.id }, data: { disabledAt: start } });
    const fileId = (await makeFile({ caseId: other.id, by: gone, state: 'verified', now: start })).id;
    const { extensionId } = await propose(fileId);
    const { noticeId } = await getDb().retentionExtension.findUniqueOrThrow({ where: { id: extensionId } });
    expect(await getDb().notice.findUniqueOrThrow({ where: { id: noticeId ?? '' } })).toMatchObject({ userId: colleague.id });
    await withdrawExtension({ actor: support.actor, now: day(1), extensionId });
    await getDb().user.update({ where: { id: colleague.id }, data: { disabledAt: start } });
    expect(await code(propose(fileId))).toBe('nobody_to_tell');
  });

  it('is proposed once where two ask at the same moment, and only by support', async () => {
    const fileId = await settled();
    expect((await Promise.all([code(propose(fileId)), code(propose(fileId))])).sort()).toEqual(['extension_under_way', 'no error']);
    for (const { actor } of [customer, admin, await makeStaff('data_admin'), await makeCustomer()]) expect(await code(proposeExtension({ actor, now: day(1), fileId, days: 1, reason }))).toBe('not_found');
  });

  it('adds up to two weeks and no more', async () => {
    const fileId = await settled();
    await propose(fileId);
    await mail(day(1));
    await propose(fileId, 7, day(2));
    await mail(day(2));
    expect(await dueAt(fileId)).toEqual(day(21));
    expect(await code(propose(fileId, 1, day(3)))).toBe('extension_too_long');
  });

  it('ends before the bucket deletes by itself what took days to be sent', async () => {
    const fileId = await settled();
    await getDb().diagnosticFile.update({ where: { id: fileId }, data: { reservedAt: day(-6.5) } });
    await propose(fileId);
    await mail(day(1));
    expect(await code(propose(fileId, 2, day(2)))).toBe('extension_too_long');
    await propose(fileId, 1, day(2));
    await mail(day(2));
    expect(await dueAt(fileId)).toEqual(day(15));
  });

  it('is refused for a file that is not stored, is due, is gone, or is to be erased', async () => {
    const [unfinished, due, expired, ordered] = [await makeFile({ caseId: row.id, by: customer, state: 'uploading', now: start }), await settled(), await makeFile({ caseId: row.id, by: customer, state: 'expired', now: start }), await held()];
    await getDb().erasureOrder.create({ data: { caseId: row.id, fileId: ordered, orderedById: customer.id, orderedAt: day(1) } });
    expect(await code(propose(due, 1, day(7)))).toBe('file_wrong_state');
    for (const fileId of [unfinished.id, expired.id, ordered]) expect(await code(propose(fileId))).toBe('file_wrong_state');
    expect(await getDb().notice.count({ where: { fileId: { in: [unfinished.id, due, expired.id, ordered] } } })).toBe(0);
  });

  it('lapses where the time was over, the deletion had begun, or erasure was ordered before its notice went out', async () => {
    const [late, begun, ordered] = [await settled(), await held(), await held()];
    const ids = [];
    for (const fileId of [late, begun, ordered]) ids.push((await propose(fileId)).extensionId);
    await getDb().retentionClock.update({ where: { fileId: begun }, data: { deletionBegunAt: day(1) } });
    await getDb().erasureOrder.create({ data: { caseId: row.id, fileId: ordered, orderedById: customer.id, orderedAt: day(1) } });
    await getDb().retentionClock.update({ where: { fileId: late }, data: { dueAt: day(2) } });
    await mail(day(2));
    expect(await Promise.all(ids.map(stateOf))).toEqual(['lapsed', 'lapsed', 'lapsed']);
    expect(await dueAt(begun)).toEqual(day(7));
  });
});

describe('an objection', () => {
  it('ends an extension that took effect: the clock goes back, and a date that is past is now', async () => {
    const fileId = await settled();
    const { extensionId } = await propose(fileId);
    await mail(day(1));
    await objectToExtension({ actor: customer.actor, now: day(9), extensionId });
    expect([await stateOf(extensionId), await dueAt(fileId)]).toEqual(['objected', day(9)]);
    expect(await getDb().notice.count({ where: { fileId, userId: support.id, kind: 'extension_objected' } })).toBe(1);
    expect(await expireFile({ fileId, now: day(9) })).toBe(true);
    expect(await code(objectToExtension({ actor: customer.actor, now: day(10), extensionId }))).toBe('file_wrong_state');
  });

  it('goes back to the date before where that is still to come', async () => {
    const fileId = await settled();
    const { extensionId } = await propose(fileId);
    await mail(day(1));
    await withdrawExtension({ actor: support.actor, now: day(3), extensionId });
    expect([await stateOf(extensionId), await dueAt(fileId)]).toEqual(['withdrawn', day(7)]);
    expect(await code(objectToExtension({ actor: customer.actor, now: day(3), extensionId }))).toBe('extension_ended');
  });

  it('before it took effect keeps it from doing so, and is the customer\'s own', async () => {
    const fileId = await settled();
    const { extensionId } = await propose(fileId);
    for (const { actor } of [await makeCustomer(), support, admin]) expect(await code(objectToExtension({ actor, now: day(1), extensionId }))).toBe('not_found');
    expect(await code(withdrawExtension({ actor: customer.actor, now: day(1), extensionId }))).toBe('not_found');
    const colleague = await makeCustomer({ organizationId: row.organizationId });
    await objectToExtension({ actor: colleague.actor, now: day(1), extensionId });
    await mail(day(1));
    expect([await stateOf(extensionId), await dueAt(fileId)]).toEqual(['objected', day(7)]);
    expect((await getFileRetention({ actor: customer.actor, now: day(1), fileId })).extensions).toMatchObject([{ state: 'objected', proposedBy: 'Support', endedBy: 'A colleague' }]);
  });

  it('and the mail at the same moment leave the earlier date, whoever is first', async () => {
    const fileId = await settled();
    const { extensionId } = await propose(fileId);
    await Promise.all([mail(day(1)), objectToExtension({ actor: customer.actor, now: day(1), extensionId })]);
    expect([await stateOf(extensionId), await dueAt(fileId)]).toEqual(['objected', day(7)]);
  });
});

describe('a shorter period', () => {
  it('holds for clocks that run from the next sweep on, keeps extensions, and a longer one moves nothing', async () => {
    const [plain, extended] = [await settled(), await held()];
    await propose(extended);
    await mail(day(1));
    await changeRetentionPeriods({ actor: admin.actor, now: day(1), rawDays: 3, analysisDays: 30 });
    expect(await getRetentionPeriods(getDb())).toEqual({ raw_file: 3, analysis_output: 30, manual_output: 1 });
    await sweep({ now: day(1) });
    expect([await dueAt(plain), await dueAt(extended)]).toEqual([day(3), day(10)]);
    await changeRetentionPeriods({ actor: admin.actor, now: day(2), rawDays: 7, analysisDays: 30 });
    await sweep({ now: day(2) });
    expect([await dueAt(plain), await dueAt(extended)]).toEqual([day(3), day(10)]);
    expect(await getDb().auditEvent.count({ where: { fileId: plain, type: 'clock.shortened' } })).toBe(1);
    expect(await getDb().auditEvent.count({ where: { type: 'setting.changed' } })).toBe(2);
    expect(await code(changeRetentionPeriods({ actor: support.actor, now: day(1), rawDays: 1, analysisDays: 1 }))).toBe('not_found');
    expect(await code(changeRetentionPeriods({ actor: admin.actor, now: day(1), rawDays: 8, analysisDays: 30 }))).toBe('validation_failed');
  });
});

it('is one notice: a mail of another kind moves no clock', async () => {
  const fileId = await settled();
  await inTransaction((tx) => queueNotice(tx, { kind: 'case_opened', userId: customer.id, data: { reference: row.reference } }));
  await mail(day(1));
  expect(await dueAt(fileId)).toEqual(day(7));
  expect(await verifyAuditChain()).toMatchObject({ intact: true });
});
