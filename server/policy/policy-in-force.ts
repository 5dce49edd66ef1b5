import { type Tx } from '../db';

export type PolicyInForceRow = { readonly id: string; readonly version: string; readonly sha256: string };

/** The version in force: the newest by `publishedAt` that is not in the future. Null where none was published yet. */
export async function findPolicyInForce(tx: Pick<Tx, 'policyVersion'>, now: Date): Promise<PolicyInForceRow | null> {
  return tx.policyVersion.findFirst({
    where: { publishedAt: { lte: now } },
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    select: { id: true, version: true, sha256: true },
  });
}
