import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { recordInOpenCase } from '../case/change-case';
import { loadCase } from '../case/load-case';
import { inTransaction } from '../db';
import { requireUser } from '../http/require-permission';
import { findPolicyInForce } from './policy-in-force';

export type AcceptPolicy = {
  readonly actor: Actor;
  readonly now: Date;
  readonly reference: string;
  /** What the person had before their eyes. */
  readonly version: string;
  readonly sha256: string;
};

/**
 * Accepts the policy for a case: version, content hash, who and when. What was seen has to be what is in force, else
 * `policy_outdated`. A second acceptance of the same version keeps the first. A closed case: `case_closed`.
 */
export async function acceptPolicy({ actor, now, reference, version, sha256 }: AcceptPolicy): Promise<void> {
  requireUser(actor, 'policy:accept');
  await inTransaction(async (tx) => {
    const row = await loadCase(tx, actor, reference);
    const inForce = await findPolicyInForce(tx, now);
    if (!inForce || inForce.version !== version || inForce.sha256 !== sha256) throw new AppError('policy_outdated');
    const acceptance = { caseId: row.id, policyVersionId: inForce.id, sha256: inForce.sha256, acceptedById: actor.userId, acceptedAt: now };
    // Two tabs at once: the second waits for the first on the unique index and then finds it there.
    const { count } = await tx.policyAcceptance.createMany({ data: [acceptance], skipDuplicates: true });
    if (count === 0) return;
    await recordInOpenCase(tx, {
      actor,
      now,
      caseRow: row,
      event: 'policy.accepted',
      data: { version: inForce.version, sha256: inForce.sha256 },
    });
  });
}
