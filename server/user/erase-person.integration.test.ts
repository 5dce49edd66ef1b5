import { afterAll, describe, expect, it } from 'vitest';
import { type UserActor } from '@/domain/actor';
import { makeAgreement, makeCase, makeCustomer, makeReadyCase, makeSession, makeStaff, makeUser, type SeedUser } from '@/prisma/seed/library';
import { appendAuditEvent } from '../audit/append-audit-event';
import { toTimeline } from '../audit/timeline-entries';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { closeDb, getDb, inTransaction } from '../db';
import { queueNotice } from '../notice/queue-notice';
import { loadSessionActor } from '../session/load-session-actor';
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

  it('may come back as somebody new', async () => {
    const person = await makeCustomer();
    await erasePerson({ actor: await admin(), now, email: person.email });
    expect((await makeCustomer({ email: person.email })).id).not.toBe(person.id);
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
