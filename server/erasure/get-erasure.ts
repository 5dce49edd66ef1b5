import { type Actor } from '@/domain/actor';
import { type ErasureCertificatePayload, erasureCertificatePayload, type ErasureSummary, type ErasureView } from '@/domain/erasure';
import { AppError } from '@/domain/errors';
import { isUuid } from '@/domain/uuid';
import { loadCase } from '../case/load-case';
import { getDb, type Prisma, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';

export type CertificateView = { readonly edition: number; readonly payload: string; readonly signature: string; readonly keyId: string; readonly content: ErasureCertificatePayload };
export type Erasure = ErasureView & { readonly editions: readonly number[]; /** The latest edition. */ readonly certificate: CertificateView | null };

const certificateColumns = { edition: true, payload: true, signature: true, keyId: true } as const satisfies Prisma.ErasureCertificateSelect;
const columns = {
  id: true, fileId: true, state: true, orderedAt: true, orderedById: true, watchUntil: true, watchEndedAt: true,
  case: { select: { reference: true } },
  files: { select: { absentAt: true } },
  certificates: { select: { edition: true }, orderBy: { edition: 'asc' } },
} as const satisfies Prisma.ErasureOrderSelect;

type Asked = { readonly actor: Actor; readonly reference: string; readonly orderId: string };

/** The order within what a customer of its organization may see. Unknown, foreign, of another case and malformed are the same `not_found`. */
async function orderScope({ actor, reference, orderId }: Asked): Promise<Prisma.ErasureOrderWhereInput> {
  requirePermission(actor, 'erasure:order');
  if (!isUuid(orderId)) throw new AppError('not_found');
  const { id: caseId } = await loadCase(getDb(), actor, reference);
  return { id: orderId, caseId };
}

/** An order as its page shows it, with the latest edition of its certificate. Throws `not_found`. */
export async function getErasure(asked: Asked): Promise<Erasure> {
  const row = await getDb().erasureOrder.findFirst({ where: await orderScope(asked), select: columns });
  if (!row) throw new AppError('not_found');
  const editions = row.certificates.map(({ edition }) => edition);
  const certificate = editions.length > 0 ? await getCertificate(asked) : null;
  return {
    orderId: row.id,
    caseReference: row.case.reference,
    scope: row.fileId === null ? 'case' : 'file',
    fileId: row.fileId,
    state: row.state === 'done' ? 'certified' : 'ordered',
    orderedAt: row.orderedAt.toISOString(),
    byYou: asked.actor.kind === 'user' && row.orderedById === asked.actor.userId,
    files: row.files.length,
    filesAbsent: row.files.filter(({ absentAt }) => absentAt !== null).length,
    verifiedAbsentAt: certificate?.content.verifiedAbsentAt ?? null,
    watchUntil: row.watchUntil?.toISOString() ?? null,
    watchEndedAt: row.watchEndedAt?.toISOString() ?? null,
    editions,
    certificate,
  };
}

/** One edition of an order's certificate, the latest where none is named. Throws `not_found`, also before there is one. */
export async function getCertificate({ edition, ...asked }: Asked & { readonly edition?: number }): Promise<CertificateView> {
  const order = await orderScope(asked);
  const row = await getDb().erasureCertificate.findFirst({ where: { order, ...(edition === undefined ? {} : { edition }) }, orderBy: { edition: 'desc' }, select: certificateColumns });
  if (!row) throw new AppError('not_found');
  return { ...row, content: erasureCertificatePayload.parse(JSON.parse(row.payload)) };
}

/** The orders of a case, the newest first, for whoever may see the case. The caller has authorised it. */
export async function loadErasures(db: Pick<Tx, 'erasureOrder'>, caseId: string): Promise<ErasureSummary[]> {
  const rows = await db.erasureOrder.findMany({
    where: { caseId },
    orderBy: { orderedAt: 'desc' },
    select: { id: true, fileId: true, state: true, orderedAt: true, doneAt: true, certificates: { select: { id: true }, orderBy: { edition: 'desc' }, take: 1 } },
  });
  return rows.map((row) => ({
    orderId: row.id,
    scope: row.fileId === null ? 'case' : 'file',
    fileId: row.fileId,
    state: row.state === 'done' ? 'certified' : 'ordered',
    orderedAt: row.orderedAt.toISOString(),
    certifiedAt: row.doneAt?.toISOString() ?? null,
    certificateId: row.certificates[0]?.id ?? null,
  }));
}

/** The same, for a customer of the case's organization. Throws `not_found`. */
export async function listErasures({ actor, reference }: { readonly actor: Actor; readonly reference: string }): Promise<ErasureSummary[]> {
  requirePermission(actor, 'erasure:order');
  const { id } = await loadCase(getDb(), actor, reference);
  return loadErasures(getDb(), id);
}
