import { describe, expect, it } from 'vitest';
import { listCases } from '@/server/case/list-cases';
import { reopenCase } from '@/server/case/reopen-case';
import { verifyAuditChain } from '@/server/audit/verify-audit-chain';
import { getDb } from '@/server/db';
import { seedDemo } from './demo';
import { makeDemoPeople } from './demo-people';

const counts = async () => {
  const db = getDb();
  return { users: await db.user.count(), organizations: await db.organization.count(), cases: await db.case.count(), files: await db.diagnosticFile.count(), requests: await db.fileRequest.count(), events: await db.auditEvent.count(), policies: await db.policyVersion.count(), agreements: await db.ndaAgreement.count() };
};

describe('the demo data', () => {
  it('shows cases in different stages, with files that are really in storage', async () => {
    const now = new Date();
    await seedDemo({ now });
    const { ada, eve } = await makeDemoPeople();
    const steps = async (actor: typeof ada) => (await listCases({ actor, now: new Date() })).map(({ nextStep }) => nextStep.label).sort();
    expect(await steps(ada)).toEqual(['Go on sending', 'Read and accept the policy', 'This case is closed']);
    expect(await steps(eve)).toEqual(['The NDA waits for a signature']);
    expect((await getDb().ndaAgreement.findMany({ orderBy: { createdAt: 'asc' } })).map(({ state }) => state).sort()).toEqual(['in_force', 'signed']);
    const files = await getDb().diagnosticFile.findMany({ include: { segments: true } });
    expect(files.map(({ state }) => state).sort()).toEqual(['reserved', 'stored', 'stored', 'stored']);
    for (const file of files.filter(({ state }) => state === 'stored')) expect(file.segments).toMatchObject([{ index: 1, state: 'stored' }]);
    expect(await getDb().user.count({ where: { isDemo: true, auditActor: { isNot: null } } })).toBe(7);
    expect(await verifyAuditChain()).toMatchObject({ intact: true });
  }, 120_000);

  it('is completed by the next run where one was cut short', async () => {
    const before = await counts();
    await getDb().fileRequest.deleteMany({ where: { kind: 'database_backup' } });
    await seedDemo({ now: new Date() });
    expect(await counts()).toEqual({ ...before, events: before.events + 1 });
  }, 120_000);

  it('leaves what people did since', async () => {
    const { sam } = await makeDemoPeople();
    const { reference } = await getDb().case.findFirstOrThrow({ where: { status: 'closed' } });
    await reopenCase({ actor: sam, now: new Date(), reference });
    const before = await counts();
    await seedDemo({ now: new Date() });
    expect(await counts()).toEqual(before);
    expect(await getDb().case.count({ where: { status: 'closed' } })).toBe(0);
  }, 120_000);
});
