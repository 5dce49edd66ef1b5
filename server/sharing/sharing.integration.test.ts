import { describe, expect, it } from 'vitest';
import { makeCustomer, makeFile, makeReadyCase, makeStaff, makeUser, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '../db';
import { endAccess } from '../raw-access/end-access';
import { askForSharing } from './ask-for-sharing';
import { approveSharing, refuseSharing } from './decide-sharing';
import { listCaseSharings } from './list-case-sharings';
import { listShared } from './list-shared';
import { viewShared } from './view-shared';
import { withdrawSharing } from './withdraw-sharing';

const now = new Date('2026-11-27T10:00:00.000Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const DAY = 24 * 60;
const NAME = 'secret-name-of-a-server.hprof';
const refusedWith = (code: string) => ({ code });
let counter = 0;

async function addOutput(fileId: string, title: string, dueAt = at(10 * DAY)): Promise<void> {
  const run = await getDb().analysisRun.create({ data: { fileId, analyser: 'test', state: 'done' } });
  const { id } = await getDb().analysisOutput.create({ data: { fileId, runId: run.id, title, body: `Body of ${title}`, createdAt: now } });
  await getDb().retentionClock.create({ data: { subject: 'analysis_output', analysisOutputId: id, startedAt: now, periodDays: 30, dueAt } });
}

async function addNote(caseId: string, fileId: string | null, title: string, by: SeedUser): Promise<void> {
  const { id } = await getDb().manualOutput.create({ data: { caseId, fileId, title, body: `Body of ${title}`, sizeBytes: 10, writtenById: by.id, createdAt: now } });
  await getDb().retentionClock.create({ data: { subject: 'manual_output', manualOutputId: id, startedAt: now, periodDays: 1, dueAt: at(DAY) } });
}

/** A case with two files that were looked at, of which one is asked to be shared for a week. */
async function makeScene(change: { withCaseNotes?: boolean; days?: number } = {}) {
  const { customer, case: made } = await makeReadyCase({ now });
  const support = await makeStaff();
  const colleague = await makeCustomer({ organizationId: customer.organizationId ?? '' });
  const [file, other] = [await makeFile({ caseId: made.id, by: customer, state: 'analysed', name: NAME, now }), await makeFile({ caseId: made.id, by: customer, state: 'analysed', now })];
  await addOutput(file.id, 'Histogram');
  await addOutput(other.id, 'Not shared');
  await addNote(made.id, file.id, 'Note on the file', support);
  await addNote(made.id, null, 'Note on the case', support);
  const email = `recipient-${(counter += 1)}-${Date.now()}@partner.test`;
  const ask = (more: { recipientEmail?: string; fileIds?: string[] } = {}) =>
    askForSharing({ actor: support.actor, now, reference: made.reference, recipientEmail: email, purpose: 'To read the histogram.', fileIds: [file.id], days: 7, withCaseNotes: false, ...change, ...more });
  return { customer, colleague, made, support, file, other, email, ask };
}

const findRecipient = async (email: string): Promise<SeedUser['actor'] | null> => {
  const user = await getDb().user.findUnique({ where: { email }, select: { id: true, role: true, auditActor: true } });
  return user && { kind: 'user', userId: user.id, pseudonym: user.auditActor?.id ?? '', role: user.role, organizationId: null, sessionId: 's' };
};
const recipientOf = async (email: string) => (await findRecipient(email)) ?? Promise.reject(new Error('There is no recipient.'));
const eventsOf = async (caseId: string) => (await getDb().auditEvent.findMany({ where: { caseId, type: { startsWith: 'sharing.' } }, orderBy: { seq: 'asc' } })).map(({ type }) => type);
const noticesOf = async (userId: string) => (await getDb().notice.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind);

describe('asking to share', () => {
  it('tells the customer, and lets the recipient neither know nor see anything', async () => {
    const { customer, made, email, ask } = await makeScene();
    await ask();
    expect(await noticesOf(customer.id)).toEqual(['sharing_asked']);
    expect(await getDb().user.findUnique({ where: { email } })).toBeNull();
    expect(await getDb().notice.count({ where: { address: email } })).toBe(0);
    expect(await listCaseSharings({ actor: customer.actor, now, reference: made.reference })).toMatchObject([{ recipientEmail: email, state: 'asked', files: [{ name: NAME }], totalViews: 0 }]);
  });

  it('is for support alone, of whole files of this case, and not for an address with another account', async () => {
    const { customer, colleague, ask, made, file } = await makeScene();
    const foreign = await makeFile({ caseId: (await makeReadyCase({ now })).case.id, state: 'verified', now });
    const unfinished = await makeFile({ caseId: made.id, state: 'uploading', now });
    for (const fileIds of [[foreign.id], [unfinished.id], [file.id, foreign.id]]) await expect(ask({ fileIds })).rejects.toMatchObject(refusedWith('validation_failed'));
    for (const recipientEmail of [colleague.email, (await makeStaff()).email]) await expect(ask({ recipientEmail })).rejects.toMatchObject(refusedWith('recipient_not_possible'));
    for (const actor of [customer.actor, (await makeStaff('admin')).actor, (await makeStaff('data_admin')).actor]) {
      await expect(askForSharing({ actor, now, reference: made.reference, recipientEmail: 'a@b.test', purpose: 'p', fileIds: [file.id], days: 1, withCaseNotes: false })).rejects.toMatchObject(refusedWith('not_found'));
    }
    expect(await getDb().sharingRequest.count({ where: { caseId: made.id } })).toBe(0);
  });
});

describe('an approval', () => {
  it('shows the recipient the results of the approved file and no more, and lists each view for the customer', async () => {
    const { customer, colleague, made, support, email, ask, file } = await makeScene();
    await addOutput(file.id, 'Too old', now);
    const { sharingId } = await ask();
    await approveSharing({ actor: colleague.actor, now: at(1), sharingId });
    const recipient = await recipientOf(email);
    expect(recipient.role).toBe('subcontractor');
    expect(await noticesOf(recipient.userId)).toEqual(['shared_with_you']);
    expect(await noticesOf(support.id)).toEqual(['sharing_decided']);
    expect(await listShared({ actor: recipient, now: at(2) })).toMatchObject([{ id: sharingId, caseReference: made.reference, files: 1 }]);
    const room = await viewShared({ actor: recipient, now: at(2), sharingId });
    expect(room.files.map(({ outputs }) => outputs.map(({ title }) => title).sort())).toEqual([['Histogram', 'Note on the file']]);
    expect(room.caseNotes).toBeNull();
    expect(JSON.stringify(room)).not.toMatch(/secret-name|Not shared|Too old|Note on the case|Test Person|@/);
    await viewShared({ actor: recipient, now: at(3), sharingId });
    expect(await listCaseSharings({ actor: customer.actor, now: at(4), reference: made.reference })).toMatchObject([{ state: 'approved', totalViews: 2, views: [at(3).toISOString(), at(2).toISOString()] }]);
  });

  it('shows notes on the whole case only where it names them, and results only while they are kept', async () => {
    const { customer, email, ask } = await makeScene({ withCaseNotes: true });
    const { sharingId } = await ask();
    await approveSharing({ actor: customer.actor, now, sharingId });
    const recipient = await recipientOf(email);
    expect((await viewShared({ actor: recipient, now: at(1), sharingId })).caseNotes).toMatchObject([{ title: 'Note on the case' }]);
    const nextDay = await viewShared({ actor: recipient, now: at(DAY), sharingId });
    expect(nextDay.caseNotes).toEqual([]);
    expect(nextDay.files.map(({ outputs }) => outputs.map(({ title }) => title))).toEqual([['Histogram']]);
  });

  it('is for customers of the organization, and seen by nobody but its recipient', async () => {
    const { customer, support, made, email, ask } = await makeScene();
    const { sharingId } = await ask();
    const stranger = await makeCustomer();
    const other = await makeUser({ role: 'subcontractor' });
    for (const { actor } of [stranger, support, other, await makeStaff('admin')]) await expect(approveSharing({ actor, now, sharingId })).rejects.toMatchObject(refusedWith('not_found'));
    await expect(withdrawSharing({ actor: stranger.actor, now, sharingId })).rejects.toMatchObject(refusedWith('not_found'));
    await approveSharing({ actor: customer.actor, now, sharingId });
    for (const { actor } of [stranger, support, other, customer]) await expect(viewShared({ actor, now, sharingId })).rejects.toMatchObject(refusedWith('not_found'));
    await expect(listCaseSharings({ actor: await recipientOf(email), now, reference: made.reference })).rejects.toMatchObject(refusedWith('not_found'));
    expect(await eventsOf(made.id)).toEqual(['sharing.asked', 'sharing.approved']);
  });

  it('comes too late after a withdrawal, a refusal, the end date, and the erasure of all it names', async () => {
    const withdrawn = await makeScene();
    const { sharingId: first } = await withdrawn.ask();
    await withdrawSharing({ actor: withdrawn.support.actor, now, sharingId: first });
    await expect(approveSharing({ actor: withdrawn.customer.actor, now: at(1), sharingId: first })).rejects.toMatchObject(refusedWith('sharing_wrong_state'));
    expect(await findRecipient(withdrawn.email)).toBeNull();

    const refused = await makeScene({ days: 1 });
    const { sharingId: second } = await refused.ask();
    await expect(approveSharing({ actor: refused.customer.actor, now: at(DAY), sharingId: second })).rejects.toMatchObject(refusedWith('sharing_wrong_state'));
    await refuseSharing({ actor: refused.customer.actor, now: at(1), sharingId: second });
    await expect(approveSharing({ actor: refused.colleague.actor, now: at(2), sharingId: second })).rejects.toMatchObject(refusedWith('sharing_wrong_state'));

    const erased = await makeScene();
    const { sharingId: third } = await erased.ask();
    await getDb().diagnosticFile.update({ where: { id: erased.file.id }, data: { erasureOrderedAt: now } });
    await expect(approveSharing({ actor: erased.customer.actor, now: at(1), sharingId: third })).rejects.toMatchObject(refusedWith('sharing_wrong_state'));
  });

  it('is refused where the address became a customer meanwhile', async () => {
    const { customer, email, ask } = await makeScene();
    const { sharingId } = await ask();
    await makeUser({ email });
    await expect(approveSharing({ actor: customer.actor, now, sharingId })).rejects.toMatchObject(refusedWith('recipient_not_possible'));
  });
});

describe('the end of an approval', () => {
  it('is at once for whoever withdraws, also the second time', async () => {
    for (const who of ['colleague', 'support'] as const) {
      const scene = await makeScene();
      const { sharingId } = await scene.ask();
      await approveSharing({ actor: scene.customer.actor, now, sharingId });
      const recipient = await recipientOf(scene.email);
      await viewShared({ actor: recipient, now, sharingId });
      await withdrawSharing({ actor: scene[who].actor, now: at(1), sharingId });
      await withdrawSharing({ actor: scene[who].actor, now: at(1), sharingId });
      await expect(viewShared({ actor: recipient, now: at(1), sharingId })).rejects.toMatchObject(refusedWith('not_found'));
      expect(await listShared({ actor: recipient, now: at(1) })).toEqual([]);
      expect(await eventsOf(scene.made.id)).toEqual(['sharing.asked', 'sharing.approved', 'sharing.viewed', 'sharing.withdrawn']);
      expect(await noticesOf(recipient.userId)).toEqual(['shared_with_you', 'shared_ended']);
    }
  });

  it('is its date, before any job says so; the job records it once', async () => {
    const { customer, made, email, ask } = await makeScene();
    const { sharingId } = await ask();
    await approveSharing({ actor: customer.actor, now, sharingId });
    const recipient = await recipientOf(email);
    await viewShared({ actor: recipient, now: new Date(at(7 * DAY).getTime() - 1), sharingId });
    await expect(viewShared({ actor: recipient, now: at(7 * DAY), sharingId })).rejects.toMatchObject(refusedWith('not_found'));
    expect(await listCaseSharings({ actor: customer.actor, now: at(7 * DAY), reference: made.reference })).toMatchObject([{ state: 'ended', endedBecause: 'date' }]);
    await Promise.all([endAccess({ now: at(7 * DAY) }), endAccess({ now: at(7 * DAY) })]);
    expect((await eventsOf(made.id)).filter((type) => type === 'sharing.ended')).toEqual(['sharing.ended']);
    expect(await noticesOf(customer.id)).toEqual(['sharing_asked', 'sharing_over']);
  });

  it('is the erasure of a file for that file, and of the last file for all', async () => {
    const { customer, email, ask, file, other } = await makeScene();
    const { sharingId } = await ask({ fileIds: [file.id, other.id] });
    await approveSharing({ actor: customer.actor, now, sharingId });
    const recipient = await recipientOf(email);
    await getDb().diagnosticFile.update({ where: { id: file.id }, data: { erasureOrderedAt: now } });
    expect((await viewShared({ actor: recipient, now, sharingId })).files).toMatchObject([{ id: other.id }]);
    await getDb().diagnosticFile.update({ where: { id: other.id }, data: { state: 'erased', name: null, safeName: null } });
    await expect(viewShared({ actor: recipient, now, sharingId })).rejects.toMatchObject(refusedWith('not_found'));
  });
});

describe('at the same moment', () => {
  const settle = async (...work: Promise<unknown>[]) => (await Promise.allSettled(work)).map((end) => (end.status === 'fulfilled' ? 'ok' : String((end.reason as { code?: string }).code)));

  it('two customers approve once', async () => {
    const { customer, colleague, made, email, ask } = await makeScene();
    const { sharingId } = await ask();
    expect(await settle(approveSharing({ actor: customer.actor, now, sharingId }), approveSharing({ actor: colleague.actor, now, sharingId }))).toEqual(['ok', 'ok']);
    expect(await eventsOf(made.id)).toEqual(['sharing.asked', 'sharing.approved']);
    expect(await noticesOf((await recipientOf(email)).userId)).toEqual(['shared_with_you']);
  });

  it('an approval and a refusal: one of them holds', async () => {
    const { customer, colleague, made, ask } = await makeScene();
    const { sharingId } = await ask();
    const ends = await settle(approveSharing({ actor: customer.actor, now, sharingId }), refuseSharing({ actor: colleague.actor, now, sharingId }));
    expect([...ends].sort()).toEqual(['ok', 'sharing_wrong_state']);
    expect(await eventsOf(made.id)).toEqual(['sharing.asked', ends[0] === 'ok' ? 'sharing.approved' : 'sharing.refused']);
  });

  it('an approval and a withdrawal: it is withdrawn in any case', async () => {
    const { customer, support, made, email, ask } = await makeScene();
    const { sharingId } = await ask();
    const [approval, withdrawal] = await settle(approveSharing({ actor: customer.actor, now, sharingId }), withdrawSharing({ actor: support.actor, now, sharingId }));
    expect(withdrawal).toBe('ok');
    expect(['ok', 'sharing_wrong_state']).toContain(approval);
    expect((await eventsOf(made.id)).at(-1)).toBe('sharing.withdrawn');
    const recipient = await findRecipient(email);
    if (recipient) await expect(viewShared({ actor: recipient, now, sharingId })).rejects.toMatchObject(refusedWith('not_found'));
  });
});
