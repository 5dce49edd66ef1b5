import { type Actor } from '@/domain/actor';
import { getDb } from '../db';
import { loadCase } from '../case/load-case';
import { requirePermission } from '../http/require-permission';
import { getPolicyInForce, type PolicyView } from './get-policy-in-force';
import { PERSON_NAME, personName } from '../user/person-name';

export type PolicyAcceptanceView = { readonly version: string; readonly sha256: string; readonly acceptedAt: string; readonly acceptedByName: string | null };

/** What the policy page of a case shows. `acceptance` is that of the version in force; `earlier` those of versions before it, newest first. */
export type PolicyStep = {
  readonly reference: string;
  readonly status: 'open' | 'closed';
  readonly policy: PolicyView | null;
  readonly acceptance: PolicyAcceptanceView | null;
  readonly earlier: readonly PolicyAcceptanceView[];
};

/** The policy in force and whether it was accepted for the case. Unknown and forbidden: `not_found`. */
export async function getPolicyStep({ actor, now, reference }: { actor: Actor; now: Date; reference: string }): Promise<PolicyStep> {
  requirePermission(actor, 'case:read');
  const db = getDb();
  const row = await loadCase(db, actor, reference);
  const policy = await getPolicyInForce({ now });
  const rows = await db.policyAcceptance.findMany({
    where: { caseId: row.id },
    orderBy: { acceptedAt: 'desc' },
    select: { sha256: true, acceptedAt: true, policyVersion: { select: { version: true } }, acceptedBy: { select: PERSON_NAME } },
  });
  const acceptances = rows.map(({ sha256, acceptedAt, policyVersion, acceptedBy }) => ({ version: policyVersion.version, sha256, acceptedAt: acceptedAt.toISOString(), acceptedByName: personName(acceptedBy) }));
  return {
    reference: row.reference,
    status: row.status,
    policy,
    acceptance: acceptances.find(({ version }) => version === policy?.version) ?? null,
    earlier: acceptances.filter(({ version }) => version !== policy?.version),
  };
}
