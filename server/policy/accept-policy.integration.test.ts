import { describe, expect, it } from 'vitest';
import { makeCase, makeCustomer, makePolicyVersion, makeStaff } from '@/prisma/seed/library';
import { getDb } from '../db';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { closeCase } from '../case/close-case';
import { acceptPolicy } from './accept-policy';
import { getPolicyStep } from './get-policy-step';

const now = new Date('2026-11-27T10:00:00.000Z');
const later = new Date('2026-11-27T11:00:00.000Z');

async function makeScene() {
  const policy = await makePolicyVersion();
  const customer = await makeCustomer();
  const opened = await makeCase({ openedBy: customer, now });
  const accept = (changes: Partial<Parameters<typeof acceptPolicy>[0]> = {}) =>
    acceptPolicy({ actor: customer.actor, now, reference: opened.reference, version: policy.version, sha256: policy.sha256, ...changes });
  return { policy, customer, opened, accept };
}

describe('accepting the policy', () => {
  it('keeps version, hash, who and when, and records it', async () => {
    const { policy, customer, opened, accept } = await makeScene();
    await accept();
    expect(await getDb().policyAcceptance.findMany({ where: { caseId: opened.id } })).toMatchObject([{ policyVersionId: policy.id, sha256: policy.sha256, acceptedById: customer.id, acceptedAt: now }]);
    expect(await getDb().auditEvent.findMany({ where: { caseId: opened.id, type: 'policy.accepted' } })).toMatchObject([{ data: { version: '1.0', sha256: policy.sha256 }, actorId: customer.actor.pseudonym }]);
    expect(await getPolicyStep({ actor: customer.actor, now, reference: opened.reference })).toMatchObject({ acceptance: { version: '1.0', acceptedAt: now.toISOString() }, earlier: [] });
  });

  it('keeps the first acceptance when it is accepted again, by a colleague too', async () => {
    const { opened, customer, accept } = await makeScene();
    await accept();
    await accept({ now: later });
    await accept({ now: later, actor: (await makeCustomer({ organizationId: opened.organizationId })).actor });
    expect(await getDb().policyAcceptance.findMany({ where: { caseId: opened.id } })).toMatchObject([{ acceptedById: customer.id, acceptedAt: now }]);
    expect(await getDb().auditEvent.count({ where: { caseId: opened.id, type: 'policy.accepted' } })).toBe(1);
  });

  it('happens once when two tabs accept at the same moment', async () => {
    const { opened, accept } = await makeScene();
    await Promise.all(Array.from({ length: 6 }, () => accept()));
    expect(await getDb().policyAcceptance.count({ where: { caseId: opened.id } })).toBe(1);
    expect(await getDb().auditEvent.count({ where: { caseId: opened.id, type: 'policy.accepted' } })).toBe(1);
    expect(await verifyAuditChain()).toMatchObject({ intact: true });
  });

  it('refuses what is not in force: another version, another text, a version that was replaced meanwhile', async () => {
    const { policy, opened, accept } = await makeScene();
    await expect(accept({ version: '0.9' })).rejects.toMatchObject({ code: 'policy_outdated' });
    await expect(accept({ sha256: '0'.repeat(64) })).rejects.toMatchObject({ code: 'policy_outdated' });
    const publishedAt = new Date('2026-11-28T00:00:00.000Z');
    await makePolicyVersion({ version: '1.1', publishedAt });
    await expect(accept({ version: policy.version, now: publishedAt })).rejects.toMatchObject({ code: 'policy_outdated' });
    expect(await getDb().policyAcceptance.count({ where: { caseId: opened.id } })).toBe(0);
  });

  it('is not possible in a closed case', async () => {
    const { opened, accept } = await makeScene();
    await closeCase({ actor: (await makeStaff()).actor, now, reference: opened.reference });
    await expect(accept()).rejects.toMatchObject({ code: 'case_closed' });
    expect(await getDb().policyAcceptance.count({ where: { caseId: opened.id } })).toBe(0);
  });

  it('is nothing to other organizations, nor to staff', async () => {
    const { accept } = await makeScene();
    await expect(accept({ actor: (await makeCustomer()).actor })).rejects.toMatchObject({ code: 'not_found' });
    await expect(accept({ actor: (await makeStaff()).actor })).rejects.toMatchObject({ code: 'not_found' });
    await expect(accept({ reference: 'AL-0000-0000' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
