import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeCaseReference } from '@/domain/case-reference';
import { acceptPolicy, makeCase, makeCustomer, makeFile, makeFileRequest, makeNdaInForce, makePolicyVersion, makeReadyCase, makeStaff, makeUser } from '@/prisma/seed/library';
import { getDb } from '../db';
import { closeCase } from './close-case';
import { getCase } from './get-case';
import { liftNdaRequirement } from './lift-nda-requirement';
import { listCases } from './list-cases';
import { openCase } from './open-case';
import { reopenCase } from './reopen-case';
import { requireNda } from './require-nda';

const now = new Date('2026-11-27T10:00:00.000Z');
const later = new Date('2026-11-27T11:00:00.000Z');
const details = { title: 'Out of memory', product: 'Example Server', productVersion: '8.3', environment: 'production', severity: 'high', description: 'It stops.' } as const;
const countEvents = (caseId: string, type: string) => getDb().auditEvent.count({ where: { caseId, type } });
const noticesOf = async (userId: string) => (await getDb().notice.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind);

describe('opening a case', () => {
  it('gives a reference, belongs to the organization of its opener, and is recorded', async () => {
    const customer = await makeCustomer();
    const opened = await openCase({ actor: customer.actor, now, ...details });
    expect(opened.reference).toMatch(/^AL-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await getDb().case.findUniqueOrThrow({ where: { id: opened.id } })).toMatchObject({ organizationId: customer.organizationId, openedById: customer.id, status: 'open' });
    expect(await countEvents(opened.id, 'case.opened')).toBe(1);
  });

  it('answers with the first case when the same form is sent again, also at the same moment', async () => {
    const customer = await makeCustomer();
    const idempotencyKey = randomUUID();
    const opened = await Promise.all(Array.from({ length: 5 }, () => openCase({ actor: customer.actor, now, ...details, idempotencyKey })));
    expect(new Set(opened.map(({ reference }) => reference)).size).toBe(1);
    expect(await getDb().case.count({ where: { openedById: customer.id } })).toBe(1);
  });

  it('keeps the idempotency key to the person who made it', async () => {
    const [one, other] = [await makeCustomer(), await makeCustomer()];
    const idempotencyKey = randomUUID();
    const first = await openCase({ actor: one.actor, now, ...details, idempotencyKey });
    const second = await openCase({ actor: other.actor, now, ...details, idempotencyKey });
    expect(second.id).not.toBe(first.id);
  });

  it('takes another reference where one is taken', async () => {
    const customer = await makeCustomer();
    const taken = new Uint8Array(7).fill(9);
    const first = await openCase({ actor: customer.actor, now, ...details }, () => taken);
    const draws = [taken, new Uint8Array(7).fill(10)];
    const second = await openCase({ actor: customer.actor, now, ...details }, () => draws.shift() ?? taken);
    expect(first.reference).toBe(makeCaseReference(taken));
    expect(second.reference).toBe(makeCaseReference(new Uint8Array(7).fill(10)));
  });

  it('gives up rather than trying for ever', async () => {
    const customer = await makeCustomer();
    const random = () => new Uint8Array(7).fill(11);
    await openCase({ actor: customer.actor, now, ...details }, random);
    await expect(openCase({ actor: customer.actor, now, ...details }, random)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is for customers with an organization', async () => {
    await expect(openCase({ actor: (await makeStaff()).actor, now, ...details })).rejects.toMatchObject({ code: 'not_found' });
    await expect(openCase({ actor: (await makeUser()).actor, now, ...details })).rejects.toMatchObject({ code: 'organization_needed' });
    await expect(openCase({ actor: { kind: 'anonymous' }, now, ...details })).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('seeing a case', () => {
  it('is for the organization and for staff; for everybody else there is nothing', async () => {
    const { customer, case: opened } = await makeReadyCase();
    const colleague = await makeCustomer({ organizationId: opened.organizationId });
    const see = (actor: typeof customer.actor, reference = opened.reference) => getCase({ actor, reference, now });
    expect(await see(customer.actor)).toMatchObject({ reference: opened.reference, maySend: true });
    expect(await see(colleague.actor)).toMatchObject({ reference: opened.reference });
    expect(await see((await makeStaff('data_admin')).actor)).toMatchObject({ reference: opened.reference });

    const nothing = { code: 'not_found', detail: expect.any(String) };
    await expect(see((await makeCustomer()).actor)).rejects.toMatchObject(nothing);
    await expect(see((await makeUser({ role: 'subcontractor' })).actor)).rejects.toMatchObject(nothing);
    for (const reference of ['AL-0000-0001', 'nonsense', '', '../etc', `${'A'.repeat(5000)}`, opened.id]) await expect(see(customer.actor, reference)).rejects.toMatchObject(nothing);
  });

  it('understands a reference as people type it', async () => {
    const { customer, case: opened } = await makeReadyCase();
    expect((await getCase({ actor: customer.actor, reference: opened.reference.toLowerCase().replace(/-/g, ' '), now })).id).toBe(opened.id);
  });

  it('counts files by state and open requests without an answer', async () => {
    const { customer, case: opened } = await makeReadyCase();
    const support = await makeStaff();
    await makeFile({ caseId: opened.id, by: customer, state: 'uploading' });
    const request = await makeFileRequest({ caseId: opened.id, by: support });
    expect((await getCase({ actor: customer.actor, reference: opened.reference, now })).nextStep.label).toBe('Go on sending');
    await getDb().diagnosticFile.updateMany({ where: { caseId: opened.id }, data: { state: 'abandoned' } });
    expect((await getCase({ actor: customer.actor, reference: opened.reference, now })).nextStep.label).toBe('Send what support asks for');
    await makeFile({ caseId: opened.id, by: customer, state: 'verified', requestId: request.id });
    const view = await getCase({ actor: customer.actor, reference: opened.reference, now });
    expect(view.nextStep.label).toBe('Support has what you sent');
    expect(view.fileRequests).toMatchObject([{ id: request.id, sentFiles: 1, status: 'open', isWaiting: false }]);
  });
});

describe('the list of cases', () => {
  it('holds the cases of the own organization alone, each with its next step', async () => {
    await makePolicyVersion();
    const customer = await makeCustomer();
    const mine = await makeCase({ openedBy: customer, now });
    const sent = await makeReadyCase({ openedBy: await makeCustomer({ organizationId: customer.organizationId }), now: later });
    await makeNdaInForce({ organizationId: (await makeCustomer()).organizationId, by: customer });
    await makeReadyCase();
    const list = await listCases({ actor: customer.actor, now: later });
    expect(list.map(({ reference, nextStep }) => [reference, nextStep.label])).toEqual([
      [sent.case.reference, 'Send files'],
      [mine.reference, 'Read and accept the policy'],
    ]);
  });

  it('is not for staff', async () => {
    await expect(listCases({ actor: (await makeStaff()).actor, now })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('closing and opening again', () => {
  it('happens once, is recorded once, and tells the opener', async () => {
    const { customer, case: opened } = await makeReadyCase({ now });
    const { actor } = await makeStaff();
    const { reference } = opened;
    await Promise.all([closeCase({ actor, now: later, reference }), closeCase({ actor, now: later, reference })]);
    expect(await getDb().case.findUniqueOrThrow({ where: { id: opened.id } })).toMatchObject({ status: 'closed', closedAt: later, updatedAt: later });
    await reopenCase({ actor, now: later, reference });
    await reopenCase({ actor, now: later, reference });
    expect(await getDb().case.findUniqueOrThrow({ where: { id: opened.id } })).toMatchObject({ status: 'open', closedAt: null });
    expect([await countEvents(opened.id, 'case.closed'), await countEvents(opened.id, 'case.reopened')]).toEqual([1, 1]);
    expect(await noticesOf(customer.id)).toEqual(['case_closed', 'case_reopened']);
  });

  it('is for support alone', async () => {
    const { customer, case: opened } = await makeReadyCase();
    for (const actor of [customer.actor, (await makeStaff('data_admin')).actor, (await makeStaff('admin')).actor]) {
      await expect(closeCase({ actor, now, reference: opened.reference })).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('the mark "NDA required"', () => {
  it('takes "go on without" back, tells the opener, and can be lifted', async () => {
    const { customer, case: opened } = await makeReadyCase({ ndaChoice: 'without' });
    const { actor } = await makeStaff();
    const { reference } = opened;
    await Promise.all([requireNda({ actor, now: later, reference }), requireNda({ actor, now: later, reference })]);
    expect(await getCase({ actor: customer.actor, reference, now: later })).toMatchObject({ ndaRequired: true, ndaChoice: 'undecided', maySend: false });
    await liftNdaRequirement({ actor, now: later, reference });
    await liftNdaRequirement({ actor, now: later, reference });
    expect(await getCase({ actor: customer.actor, reference, now: later })).toMatchObject({ ndaRequired: false, maySend: true });
    expect([await countEvents(opened.id, 'case.nda_required'), await countEvents(opened.id, 'case.nda_not_required')]).toEqual([1, 1]);
    expect(await noticesOf(customer.id)).toEqual(['nda_required', 'nda_not_required']);
  });

  it('is not for customers', async () => {
    const { customer, case: opened } = await makeReadyCase();
    await expect(requireNda({ actor: customer.actor, now, reference: opened.reference })).rejects.toMatchObject({ code: 'not_found' });
    await expect(acceptPolicy({ caseId: opened.id, by: customer, now })).rejects.toThrow();
  });
});
