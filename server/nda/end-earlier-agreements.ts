import { type Actor } from '@/domain/actor';
import { type Tx } from '../db';
import { AGREEMENT_COLUMNS, type AgreementRow } from './agreement-scope';
import { moveAgreement } from './move-agreement';

/**
 * An agreement that comes into force takes the place of the one of the same scope before it. One for the whole organization takes that of the agreement of the case as well on
 * whose page it was begun: the page said so, and two over the same case would raise the question which one holds.
 */
export async function endEarlierAgreements(tx: Tx, agreement: AgreementRow, actor: Actor, now: Date): Promise<void> {
  const ofCase = (caseId: string | null) => (caseId ? [{ scope: 'case' as const, caseId }] : []);
  const replaced = agreement.scope === 'organization' ? [{ scope: 'organization' as const, organizationId: agreement.organizationId }, ...ofCase(agreement.startedInCaseId)] : ofCase(agreement.caseId);
  const earlier = await tx.ndaAgreement.findMany({ where: { OR: replaced, state: { in: ['in_force', 'paper_on_file'] }, id: { not: agreement.id } }, select: AGREEMENT_COLUMNS });
  for (const row of earlier) await moveAgreement(tx, { actor, now, agreement: row, event: 'end', set: { inForceUntil: now }, data: { because: 'replaced', replacedBy: agreement.id } });
}
