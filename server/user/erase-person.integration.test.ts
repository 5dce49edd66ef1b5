import { afterAll, describe, expect, it } from 'vitest';
import { type UserActor } from '@/domain/actor';
import { makeSharing } from '@/prisma/seed/access';
import { makeAgreement, makeCase, makeCustomer, makeFile, makeReadyCase, makeSession, makeStaff, makeUser, type SeedUser } from '@/prisma/seed/library';
import { appendAuditEvent } from '../audit/append-audit-event';
import { toTimeline } from '../audit/timeline-entries';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { closeDb, getDb, inTransaction } from '../db';
import { queueNotice } from '../notice/queue-notice';
import { loadSessionActor } from '../session/load-session-actor';
import { approveSharing } from '../sharing/decide-sharing';
import { lockSharingForJob, moveSharing } from '../sharing/move-sharing';
import { lockAddress } from './create-user';
import { eraseOwnAccount, erasePerson } from './erase-person';

const now = new Date('2026-11-27T10:00:00.000Z');
const later = new Date(now.getTime() + 60_000);
const db = getDb();
const rowOf = ({ id }: SeedUser) => db.user.findUniqueOrThrow({ where: { id }, select: { email: true, name: true, disabledAt: true, auditActor: true } });
const erasedRow = { email: null, name: null, disabledAt: now, auditActor: null };
const admin = async (): Promise<UserActor> => (await makeUser({ role: 'admin', name: 'Ari Admin' })).actor;

afterAll(closeDb);

/** Whether the word stands in any column of any table. */
async function tablesWith(word: string): Promise<string[]> {
  const tables = await db.$queryRaw<{ name: string }[]>`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await db.$queryRawUnsafe<unknown[]>(`select 1 as hit from "${name}" t where position($1 in lower(t::text)) > 0 limit 1`, word);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

describe('a person who is erased', () => {
  it('is in no table any more, and what they did stays in an intact chain', async () => {
    const word = `canary${Date.now()}`;
    const email = `${word}@example.test`;
    const person = await makeCustomer({ email, name: `${word} name` });
    const session = await makeSession(person, { now, expiresAt: new Date(now.getTime() + 3_600_000) });
    const { case: made } = await makeReadyCase({ openedBy: person });
    await db.signInToken.create({ data: { email, tokenHash: word.toUpperCase(), expiresAt: later } });
    await db.invitation.create({ data: { email, tokenHash: `${word}-i`.toUpperCase(), organizationId: person.organizationId, invitedById: person.id, expiresAt: later } });
    const key = await db.uploadKey.create({ data: { caseId: made.id, keyHash: 'k', hint: 'k', createdById: person.id, expiresAt: later } });
    const agreement = await makeAgreement({ organizationId: person.organizationId, by: person, state: 'declined', signatory: { name: `${word} name`, title: 'Director', email } });
    await inTransaction(async (tx) => {
      await queueNotice(tx, { kind: 'sign_in_link', address: email, data: { next: '/' }, secret: 'x' });
      await appendAuditEvent(tx, now, { type: 'case.opened', actor: person.actor, caseId: made.id });
    });

    await erasePerson({ actor: await admin(), now, email });

    expect(await rowOf(person)).toEqual(erasedRow);
    expect(await tablesWith(word)).toEqual([]);
    expect(await loadSessionActor(session.id, now)).toBeNull();
    expect((await db.uploadKey.findUniqueOrThrow({ where: { id: key.id } })).revokedAt).toEqual(now);
    expect(await db.ndaSignatory.findFirstOrThrow({ where: { agreementId: agreement.id } })).toMatchObject({ name: 'a person since erased', email: '' });
    expect(await db.case.findUniqueOrThrow({ where: { id: made.id } })).toMatchObject({ openedById: person.id });
    const events = await db.auditEvent.findMany({ where: { caseId: made.id, type: 'case.opened' } });
    expect(events[0]?.actorId).toBe(person.actor.pseudonym);
    expect((await toTimeline(events))[0]).toMatchObject({ by: 'A person since erased', byName: null });
    expect(await db.auditActor.findUnique({ where: { id: person.actor.pseudonym } })).toEqual({ id: person.actor.pseudonym, userId: null });
    expect(await verifyAuditChain()).toMatchObject({ intact: true });
  });

  it('stays in an agreement that was signed: it is evidence for both sides', async () => {
    const email = `signed-${Date.now()}@example.test`;
    const person = await makeCustomer({ email });
    const agreement = await makeAgreement({ organizationId: person.organizationId, by: person, state: 'in_force', signatory: { name: 'Sia Signatory', title: 'Director', email } });
    await erasePerson({ actor: await admin(), now, email });
    expect(await db.ndaSignatory.findFirstOrThrow({ where: { agreementId: agreement.id } })).toMatchObject({ name: 'Sia Signatory', email });
  });

  it('is seen by nobody any more through what was shared with them, and those who decided are told', async () => {
    const { customer, case: made } = await makeReadyCase();
    const recipient = await makeUser({ role: 'subcontractor' });
    const support = await makeStaff('support');
    const request = await db.sharingRequest.create({ data: { caseId: made.id, recipientEmail: recipient.email, recipientUserId: recipient.id, purpose: 'To look.', state: 'approved', askedById: support.id, decidedById: customer.id, endsAt: new Date(now.getTime() + 86_400_000) } });
    await erasePerson({ actor: await admin(), now, email: recipient.email });
    expect(await db.sharingRequest.findUniqueOrThrow({ where: { id: request.id } })).toMatchObject({ state: 'withdrawn', recipientEmail: null });
    expect(await db.notice.count({ where: { kind: 'sharing_over', userId: support.id } })).toBe(1);
  });

  it('is asked for no signature any more: what waited for it is withdrawn, its link is dead, and who asked for it is told', async () => {
    const email = `waits-${Date.now()}@example.test`;
    const [person, colleague] = [await makeCustomer({ email }), await makeCustomer()];
    const agreement = await makeAgreement({ organizationId: colleague.organizationId, by: colleague, state: 'sent', signatory: { name: 'Sia Signatory', title: 'Director', email } });
    await db.ndaSignatory.update({ where: { id: agreement.signatoryId }, data: { linkHash: email.toUpperCase(), linkExpiresAt: later } });
    await erasePerson({ actor: await admin(), now, email });
    expect(await db.ndaAgreement.findUniqueOrThrow({ where: { id: agreement.id } })).toMatchObject({ state: 'withdrawn', noticeEmail: null });
    expect(await db.ndaSignatory.findUniqueOrThrow({ where: { id: agreement.signatoryId } })).toMatchObject({ name: 'a person since erased', title: '', email: '', linkHash: null });
    expect(await db.notice.count({ where: { kind: 'nda_over', userId: colleague.id } })).toBe(1);
    expect(await db.auditEvent.count({ where: { type: 'nda.withdrawn', data: { path: ['agreementId'], equals: agreement.id } } })).toBe(1);
    expect(await tablesWith(email)).toEqual([]);
    expect((await rowOf(person)).email).toBeNull();
  });

  it('is not named by an agreement that somebody else signed in their place', async () => {
    const email = `replaced-${Date.now()}@example.test`;
    const person = await makeCustomer({ email });
    const agreement = await makeAgreement({ organizationId: person.organizationId, by: person, state: 'in_force' });
    const { id } = await db.ndaSignatory.create({ data: { agreementId: agreement.id, name: 'Pia Person', title: 'Director', email, createdAt: now, replacedAt: now } });
    await erasePerson({ actor: await admin(), now, email });
    expect(await db.ndaSignatory.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: 'a person since erased', email: '' });
    expect(await db.ndaSignatory.findUniqueOrThrow({ where: { id: agreement.signatoryId } })).toMatchObject({ name: 'Sia Signatory' });
  });

  it('may come back as somebody new', async () => {
    const person = await makeCustomer();
    await erasePerson({ actor: await admin(), now, email: person.email });
    expect((await makeCustomer({ email: person.email })).id).not.toBe(person.id);
  });
});

describe('an erasure beside others who work with the same rows', () => {
  const askFor = async (recipient: SeedUser) => {
    const { customer, case: made } = await makeReadyCase();
    const file = await makeFile({ caseId: made.id, by: customer, state: 'verified' });
    const { id } = await makeSharing({ caseId: made.id, askedBy: await makeStaff('support'), fileIds: [file.id], recipient, now });
    return { id, customer };
  };
  const isWaiting = async (words: string) => (await db.$queryRaw<unknown[]>`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and position(${words} in query) > 0`).length > 0;

  it('holds the end of the audit chain from no one who holds what it still needs', async () => {
    const recipient = await makeUser({ role: 'subcontractor' });
    const other = await askFor(recipient);
    const { id } = await askFor(recipient);
    const by = await admin();
    let erasing: Promise<void> | undefined;
    await inTransaction(async (tx) => {
      const sharing = await lockSharingForJob(tx, id);
      if (!sharing) throw new Error('There is no such request.');
      erasing = erasePerson({ actor: by, now, email: recipient.email });
      await expect.poll(() => isWaiting('"SharingRequest"'), { timeout: 15_000 }).toBe(true);
      expect(await moveSharing(tx, { actor: { kind: 'system', name: 'test' }, now, sharing, event: 'end' })).toBe(true);
    });
    await erasing;
    expect(await rowOf(recipient)).toEqual(erasedRow);
    const stateOf = async (sharingId: string) => (await db.sharingRequest.findUniqueOrThrow({ where: { id: sharingId } })).state;
    expect([await stateOf(other.id), await stateOf(id)]).toEqual(['withdrawn', 'ended']);
  });

  it('takes the address first, as an approval of sharing with it does', async () => {
    const recipient = await makeUser({ role: 'subcontractor' });
    const { id, customer } = await askFor(recipient);
    let approving: Promise<void> | undefined;
    await inTransaction(async (tx) => {
      await lockAddress(tx, recipient.email);
      approving = approveSharing({ actor: customer.actor, now, sharingId: id });
      await expect.poll(() => isWaiting('pg_advisory_xact_lock'), { timeout: 15_000 }).toBe(true);
      await tx.$queryRaw`select id from "SharingRequest" where id = ${id}::uuid for update nowait`;
    });
    await approving;
    expect(await db.sharingRequest.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'approved', recipientUserId: recipient.id });
  });
});

describe('who may erase', () => {
  it('a customer erases themselves by typing their own address, and nobody else', async () => {
    const [ada, eve] = [await makeCustomer(), await makeCustomer()];
    await expect(eraseOwnAccount({ actor: ada.actor, now, email: eve.email })).rejects.toMatchObject({ code: 'validation_failed' });
    expect((await rowOf(eve)).email).toBe(eve.email);
    await makeCase({ openedBy: ada });
    await eraseOwnAccount({ actor: ada.actor, now, email: ada.email });
    expect(await rowOf(ada)).toEqual(erasedRow);
    expect(await db.auditEvent.findFirstOrThrow({ where: { type: 'user.erased', actorId: ada.actor.pseudonym } })).toMatchObject({ data: { user: ada.actor.pseudonym } });
  });

  it('staff do not erase themselves, and only administrators erase others', async () => {
    const customer = await makeCustomer();
    for (const role of ['support', 'data_admin', 'admin'] as const) {
      const staff = await makeUser({ role });
      await expect(eraseOwnAccount({ actor: staff.actor, now, email: staff.email })).rejects.toMatchObject({ code: 'not_found' });
      if (role !== 'admin') await expect(erasePerson({ actor: staff.actor, now, email: customer.email })).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(erasePerson({ actor: customer.actor, now, email: customer.email })).rejects.toMatchObject({ code: 'not_found' });
    expect((await rowOf(customer)).email).toBe(customer.email);
  });

  it('an administrator does not erase themselves, nor the last one, nor nobody', async () => {
    await db.user.updateMany({ where: { role: 'admin' }, data: { disabledAt: now } });
    const last = await makeUser({ role: 'admin' });
    await expect(erasePerson({ actor: last.actor, now, email: last.email })).rejects.toMatchObject({ code: 'own_account' });
    await expect(erasePerson({ actor: { kind: 'system', name: 'test' }, now, email: last.email })).rejects.toMatchObject({ code: 'last_admin' });
    await expect(erasePerson({ actor: last.actor, now, email: 'nobody@example.test' })).rejects.toMatchObject({ code: 'validation_failed' });
    expect((await rowOf(last)).email).toBe(last.email);
  });

  it('twice at once is once', async () => {
    const person = await makeCustomer();
    const by = await admin();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => erasePerson({ actor: by, now, email: person.email })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await db.auditEvent.count({ where: { type: 'user.erased', data: { path: ['user'], equals: person.actor.pseudonym } } })).toBe(1);
  });
});
