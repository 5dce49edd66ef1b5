import { AppError } from '@/domain/errors';
import { type Prisma, type Tx } from '../db';

/** The facts of a case that the NDA gate needs. */
export type NdaGateCase = { readonly caseId: string; readonly organizationId: string; readonly ndaRequired: boolean };

/** Agreements that cover something at `now`: signed and in force, or on paper with support. */
export function ndaInForce(now: Date): Prisma.NdaAgreementWhereInput {
  return {
    state: { in: ['in_force', 'paper_on_file'] },
    AND: [{ OR: [{ inForceFrom: null }, { inForceFrom: { lte: now } }] }, { OR: [{ inForceUntil: null }, { inForceUntil: { gt: now } }] }],
  };
}

/** Those of them that cover one case: its own, or one for its whole organization. */
export function ndaCovering({ caseId, organizationId }: { caseId: string; organizationId: string }, now: Date): Prisma.NdaAgreementWhereInput {
  return { AND: [ndaInForce(now), { OR: [{ scope: 'organization', organizationId }, { scope: 'case', caseId }] }] };
}

/** Throws `nda_required` where support marked the case as needing an NDA and none is in force (P-NDA). */
export async function assertNdaGate(tx: Tx, row: NdaGateCase, now: Date): Promise<void> {
  if (!row.ndaRequired) return;
  const covering = await tx.ndaAgreement.findFirst({ where: ndaCovering(row, now), select: { id: true } });
  if (!covering) throw new AppError('nda_required');
}
