import { describe, expect, it } from 'vitest';
import { makeCase, makeCustomer, makeNdaInForce, makePolicyVersion, makeReadyCase, makeStaff, type SeedCase } from '@/prisma/seed/library';
import { getDb, inTransaction } from '../db';
import { acceptPolicy } from '../policy/accept-policy';
import { closeCase } from './close-case';
import { requireNda } from './require-nda';
import { assertMaySend } from './send-gate';

const now = new Date('2026-11-27T10:00:00.000Z');

/** Asks the gate with the row as it stands now. */
async function askGate(opened: SeedCase, at = now): Promise<void> {
  await inTransaction(async (tx) => {
    const row = await tx.case.findUniqueOrThrow({ where: { id: opened.id }, select: { id: true, organizationId: true, status: true, ndaRequired: true } });
    await assertMaySend(tx, { caseId: row.id, organizationId: row.organizationId, status: row.status, ndaRequired: row.ndaRequired }, at);
  });
}

describe('the send gate', () => {
  it('lets nothing through before any policy is published', async () => {
    const opened = await makeCase({ openedBy: await makeCustomer() });
    await expect(askGate(opened)).rejects.toMatchObject({ code: 'not_ready' });
  });

  it('opens with the policy in force accepted', async () => {
    await makePolicyVersion();
    const customer = await makeCustomer();
    const opened = await makeCase({ openedBy: customer });
    await expect(askGate(opened)).rejects.toMatchObject({ code: 'policy_not_accepted' });
    const { version, sha256 } = await makePolicyVersion();
    await acceptPolicy({ actor: customer.actor, now, reference: opened.reference, version, sha256 });
    await expect(askGate(opened)).resolves.toBeUndefined();
  });

  it('needs an NDA in force where support marked the case so', async () => {
    const { customer, case: opened } = await makeReadyCase({ now });
    await requireNda({ actor: (await makeStaff()).actor, now, reference: opened.reference });
    const blocked = { code: 'nda_required' };
    await expect(askGate(opened)).rejects.toMatchObject(blocked);

    const other = await makeCase({ openedBy: customer });
    await makeNdaInForce({ organizationId: opened.organizationId, caseId: other.id, by: customer, now });
    await makeNdaInForce({ organizationId: (await makeCustomer()).organizationId, by: customer, now });
    await expect(askGate(opened)).rejects.toMatchObject(blocked);

    const agreement = await makeNdaInForce({ organizationId: opened.organizationId, by: customer, now });
    await expect(askGate(opened)).resolves.toBeUndefined();
    const set = (data: Parameters<ReturnType<typeof getDb>['ndaAgreement']['update']>[0]['data']) => getDb().ndaAgreement.update({ where: { id: agreement.id }, data });
    for (const state of ['draft', 'sent', 'signed', 'paper_pending', 'declined', 'withdrawn', 'expired', 'ended'] as const) {
      await set({ state });
      await expect(askGate(opened)).rejects.toMatchObject(blocked);
    }
    await set({ state: 'paper_on_file' });
    await expect(askGate(opened)).resolves.toBeUndefined();
    await set({ inForceUntil: now });
    await expect(askGate(opened)).rejects.toMatchObject(blocked);
    await set({ inForceUntil: null, inForceFrom: new Date(now.getTime() + 1) });
    await expect(askGate(opened)).rejects.toMatchObject(blocked);
  });

  it('is shut while the case is closed', async () => {
    const { case: opened } = await makeReadyCase({ now });
    await closeCase({ actor: (await makeStaff()).actor, now, reference: opened.reference });
    await expect(askGate(opened)).rejects.toMatchObject({ code: 'case_closed' });
  });

  it('asks again when a new version of the policy is in force, and not before', async () => {
    const { customer, case: opened } = await makeReadyCase({ now });
    const publishedAt = new Date('2026-12-01T00:00:00.000Z');
    const next = await makePolicyVersion({ version: '2.0', publishedAt });
    await expect(askGate(opened, new Date(publishedAt.getTime() - 1))).resolves.toBeUndefined();
    await expect(askGate(opened, publishedAt)).rejects.toMatchObject({ code: 'policy_outdated' });
    await acceptPolicy({ actor: customer.actor, now: publishedAt, reference: opened.reference, version: next.version, sha256: next.sha256 });
    await expect(askGate(opened, publishedAt)).resolves.toBeUndefined();
  });
});
