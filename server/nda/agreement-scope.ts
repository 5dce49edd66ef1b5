import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { may } from '@/domain/permissions';
import { isUuid } from '@/domain/uuid';
import { type Prisma, type Tx } from '../db';

const NOTHING = { id: { in: [] as string[] } } as const;

/** The one builder of "the agreements that this actor may see": a customer their organization's, staff who may read any case all. */
export function agreementScope(actor: Actor): Prisma.NdaAgreementWhereInput {
  if (actor.kind !== 'user') return NOTHING;
  if (may(actor, 'case:read_any')) return {};
  return may(actor, 'case:read') && actor.organizationId ? { organizationId: actor.organizationId } : NOTHING;
}

/** Everything of an agreement but its files, which are large. */
export const AGREEMENT_COLUMNS = {
  id: true, organizationId: true, scope: true, caseId: true, startedInCaseId: true, templateId: true, state: true, stateAt: true, reason: true,
  partyName: true, partyAddress: true, noticeEmail: true, documentSha256: true, contentSha256: true, readSha256: true, paperType: true, paperSha256: true,
  createdById: true, createdAt: true, sentAt: true, signedAt: true, inForceFrom: true, inForceUntil: true,
} as const satisfies Prisma.NdaAgreementSelect;
export type AgreementRow = Prisma.NdaAgreementGetPayload<{ select: typeof AGREEMENT_COLUMNS }>;

/** The agreement of `id` as far as `actor` may see it. Unknown, forbidden and malformed are the same `not_found`. */
export async function loadAgreement(db: Pick<Tx, 'ndaAgreement'>, actor: Actor, id: string): Promise<AgreementRow> {
  const row = isUuid(id) ? await db.ndaAgreement.findFirst({ where: { AND: [agreementScope(actor), { id }] }, select: AGREEMENT_COLUMNS }) : null;
  if (!row) throw new AppError('not_found');
  return row;
}

/**
 * Takes the row for this transaction alone, so that two signatures never meet. Throws `nda_busy` at once where somebody else has
 * it: waiting would only end in "wrong state".
 */
export async function lockAgreement(tx: Tx, id: string): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`select "id" from "NdaAgreement" where "id" = ${id}::uuid for update skip locked`;
  if (rows.length === 0) throw new AppError('nda_busy');
}

/** The same for who comes to see and not to sign: waits for whoever has the row, and then has to look at it again. */
export async function waitForAgreement(tx: Tx, id: string): Promise<void> {
  await tx.$queryRaw`select "id" from "NdaAgreement" where "id" = ${id}::uuid for update`;
}
