import { type Actor } from '@/domain/actor';
import { type Tx } from '../db';
import { AGREEMENT_COLUMNS, type AgreementRow } from './agreement-scope';
import { moveAgreement } from './move-agreement';

/** An agreement that comes into force takes the place of the one of the same scope before it. */
export async function endEarlierAgreements(tx: Tx, agreement: AgreementRow, actor: Actor, now: Date): Promise<void> {
  const same = agreement.scope === 'organization' ? { organizationId: agreement.organizationId } : { caseId: agreement.caseId };
  const earlier = await tx.ndaAgreement.findMany({ where: { ...same, scope: agreement.scope, state: { in: ['in_force', 'paper_on_file'] }, id: { not: agreement.id } }, select: AGREEMENT_COLUMNS });
  for (const row of earlier) await moveAgreement(tx, { actor, now, agreement: row, event: 'end', set: { inForceUntil: now }, data: { because: 'replaced', replacedBy: agreement.id } });
}
