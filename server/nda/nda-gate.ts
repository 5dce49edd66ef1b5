import { type CaseView } from '@/domain/case-view';
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

/** Agreements about one case: its own, or one for its whole organization. */
export function ndaOf({ caseId, organizationId }: { caseId: string; organizationId: string }): Prisma.NdaAgreementWhereInput {
  return { OR: [{ scope: 'organization', organizationId }, { scope: 'case', caseId }] };
}

/** Those of them that cover one case: its own, or one for its whole organization, also where that was signed for an earlier case. */
export function ndaCovering(of: { caseId: string; organizationId: string }, now: Date): Prisma.NdaAgreementWhereInput {
  return { AND: [ndaInForce(now), ndaOf({ caseId: of.caseId, organizationId: of.organizationId })] };
}

/** Throws `nda_required` where support marked the case as needing an NDA and none is in force (P-NDA). */
export async function assertNdaGate(tx: Tx, row: NdaGateCase, now: Date): Promise<void> {
  if (!row.ndaRequired) return;
  const covering = await tx.ndaAgreement.findFirst({ where: ndaCovering(row, now), select: { id: true } });
  if (!covering) throw new AppError('nda_required');
}

/** The agreement that covers the case: of several the one that came last. */
export async function findCoveringAgreement(db: Pick<Tx, 'ndaAgreement'>, row: { readonly id: string; readonly organizationId: string }, now: Date): Promise<CaseView['ndaAgreement']> {
  const found = await db.ndaAgreement.findFirst({
    where: ndaCovering({ caseId: row.id, organizationId: row.organizationId }, now),
    orderBy: { createdAt: 'desc' },
    select: { id: true, scope: true, state: true, inForceUntil: true, template: { select: { version: true } } },
  });
  return found && { id: found.id, scope: found.scope, onPaper: found.state === 'paper_on_file', templateVersion: found.template.version, inForceUntil: found.inForceUntil?.toISOString() ?? null };
}
