import { AppError } from '@/domain/errors';
import { type Tx } from '../db';
import { assertNdaGate, type NdaGateCase } from '../nda/nda-gate';
import { findPolicyInForce } from '../policy/policy-in-force';

const UNDER_ERASURE = 'Everything of this case was ordered to be erased: it takes no more files, for good. Open a new case to send something.';

export type SendGateCase = NdaGateCase & { readonly status: 'open' | 'closed' };

/** Throws `case_closed`, with its own sentence, once a customer ordered everything of the case to be erased (P-ERASE). */
export async function assertNoCaseErasure(tx: Pick<Tx, 'case'>, caseId: string): Promise<void> {
  const row = await tx.case.findUnique({ where: { id: caseId }, select: { erasureOrderedAt: true } });
  if (row?.erasureOrderedAt) throw new AppError('case_closed', { detail: UNDER_ERASURE });
}

/**
 * Whether files of a case may be sent at `now`: the case is open, the policy version in force is accepted for it, and an
 * NDA is in force where one is needed (P-NDA). Asked when a file is reserved and each time before a URL is presigned.
 * Throws `case_closed`, `policy_not_accepted` (none accepted), `policy_outdated` (an earlier one was) or `nda_required`;
 * `not_ready` where no policy was published at all.
 */
export async function assertMaySend(tx: Tx, row: SendGateCase, now: Date): Promise<void> {
  await assertNoCaseErasure(tx, row.caseId);
  if (row.status !== 'open') throw new AppError('case_closed');
  const inForce = await findPolicyInForce(tx, now);
  if (!inForce) throw new AppError('not_ready', { detail: 'No policy is in force yet, so nothing can be sent. Tell support.' });
  const accepted = await tx.policyAcceptance.findMany({ where: { caseId: row.caseId }, select: { policyVersionId: true } });
  if (!accepted.some(({ policyVersionId }) => policyVersionId === inForce.id)) {
    if (accepted.length === 0) throw new AppError('policy_not_accepted');
    throw new AppError('policy_outdated', { detail: 'A newer version of the policy is in force. Accept it on the case page, then go on; what is stored already stays stored.' });
  }
  await assertNdaGate(tx, row, now);
}
