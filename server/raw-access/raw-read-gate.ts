import { type Actor } from '@/domain/actor';
import { AppError, type ErrorCode } from '@/domain/errors';
import { may } from '@/domain/permissions';
import { rawAccessStateAt } from '@/domain/raw-access';
import { isUuid } from '@/domain/uuid';
import { appendAuditEvent } from '../audit/append-audit-event';
import { getDb, inTransaction, type Prisma, type Tx } from '../db';
import { READABLE_FILE } from './move-grant';

type Target = { readonly actor: Actor; readonly now: Date; readonly grantId: string; readonly fileId: string };

/** Why a read did not begin, and what its reader is told: who has no grant learns nothing. */
export const REFUSALS = {
  role: 'not_found',
  not_the_asker: 'not_found',
  over: 'raw_access_wrong_state',
  file_gone: 'raw_access_wrong_state',
  not_told: 'raw_read_not_told',
  not_claimed: 'raw_read_not_claimed',
  read_before: 'raw_read_once',
} as const satisfies Record<string, ErrorCode>;
export type Refusal = keyof typeof REFUSALS;

export type GrantFile = { readonly askedById: string; readonly caseId: string; readonly organizationId: string };

/** The file under the grant, whoever asks: so that every attempt on it can be recorded. `not_found` where there is none. */
export async function findGrantFile(grantId: string, fileId: string): Promise<GrantFile> {
  const where = isUuid(grantId) && isUuid(fileId) ? { id: grantId, files: { some: { fileId } } } : { id: { in: [] } };
  const row = await getDb().rawAccessGrant.findFirst({ where, select: { askedById: true, caseId: true, case: { select: { organizationId: true } } } });
  if (!row) throw new AppError('not_found');
  return { askedById: row.askedById, caseId: row.caseId, organizationId: row.case.organizationId };
}

/** True once a notice of the grant was handed to mail: nobody reads before the customer was told (P-LIMITED). */
async function customerWasTold(tx: Tx, grantId: string, caseId: string): Promise<boolean> {
  return (await tx.notice.count({ where: { kind: 'raw_access_granted', caseId, state: 'sent', data: { path: ['grantId'], equals: grantId } } })) > 0;
}

/** Null where the reader may begin. The grant stays as it is until `tx` ends, so that it is revoked before or after, never in between. */
export async function whyNotReadable(tx: Tx, { actor, now, grantId, fileId }: Target, found: GrantFile): Promise<Refusal | null> {
  if (actor.kind !== 'user' || !may(actor, 'raw:ask')) return 'role';
  if (found.askedById !== actor.userId) return 'not_the_asker';
  await tx.$queryRaw`select id from "RawAccessGrant" where id = ${grantId}::uuid for share`;
  const grant = await tx.rawAccessGrant.findUniqueOrThrow({ where: { id: grantId }, select: { state: true, createdAt: true, endsAt: true } });
  if (rawAccessStateAt(grant, now) !== 'granted') return 'over';
  // What should be gone is not read, also where the sweeper is late.
  const kept = { AND: [READABLE_FILE, { case: { erasureOrderedAt: null }, clock: { endedAt: null, dueAt: { gt: now } } }] } satisfies Prisma.DiagnosticFileWhereInput;
  const file = await tx.rawAccessGrantFile.findFirst({ where: { grantId, fileId, file: kept }, select: { readAt: true } });
  if (!file) return 'file_gone';
  if (file.readAt) return 'read_before';
  return (await customerWasTold(tx, grantId, found.caseId)) ? null : 'not_told';
}

/** Writes down that somebody tried and got nothing. */
export async function recordRefused({ actor, now, grantId, fileId }: Target, found: GrantFile, because: Refusal): Promise<void> {
  const about = { organizationId: found.organizationId, caseId: found.caseId, fileId };
  await inTransaction((tx) => appendAuditEvent(tx, now, { type: 'raw_access.read_refused', actor, ...about, data: { grantId, because } }));
}
