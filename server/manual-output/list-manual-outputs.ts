import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { MAX_OUTPUTS_PER_CASE, type OutputItem, type OutputView } from '@/domain/manual-output';
import { caseScope } from '../case/case-scope';
import { loadCase } from '../case/load-case';
import { getDb, type Prisma, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { loadPeople, type People, personFor } from '../user/person-for';

const columns = {
  id: true, fileId: true, title: true, sizeBytes: true, createdAt: true, writtenById: true,
  clock: { select: { dueAt: true, endedAt: true } },
} as const satisfies Prisma.ManualOutputSelect;
type Row = Prisma.ManualOutputGetPayload<{ select: typeof columns }>;

type Reader = { readonly actor: UserActor; readonly now: Date };

/** What is due is shown to nobody, also where the sweeper is late. */
function serialize(row: Row, { actor, now }: Reader, people: People): OutputItem {
  const isReadable = row.clock?.endedAt === null && row.clock.dueAt > now;
  return {
    id: row.id,
    fileId: row.fileId,
    title: isReadable ? row.title : null,
    sizeBytes: row.sizeBytes,
    writtenBy: personFor(actor, row.writtenById, people),
    createdAt: row.createdAt.toISOString(),
    dueAt: isReadable ? (row.clock?.dueAt.toISOString() ?? null) : null,
    goneAt: row.clock?.endedAt?.toISOString() ?? null,
  };
}

/** The results written about files of a case, the latest first, those whose day is over included, without their text; two queries. */
export async function loadManualOutputs(db: Pick<Tx, 'manualOutput' | 'user'>, reader: Reader, where: Prisma.ManualOutputWhereInput): Promise<OutputItem[]> {
  const rows = await db.manualOutput.findMany({ where: { AND: [{ case: caseScope(reader.actor) }, where] }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: MAX_OUTPUTS_PER_CASE, select: columns });
  const people = await loadPeople(db, rows.map(({ writtenById }) => writtenById));
  return rows.map((row) => serialize(row, reader, people));
}

/** The results about a case that can still be read, the latest first. Throws `not_found`. */
export async function listReadableOutputs({ actor, now, reference }: { readonly actor: UserActor; readonly now: Date; readonly reference: string }): Promise<OutputItem[]> {
  requirePermission(actor, 'case:read');
  const { id } = await loadCase(getDb(), actor, reference);
  return loadManualOutputs(getDb(), { actor, now }, { caseId: id, clock: { endedAt: null, dueAt: { gt: now } } });
}

/** One result with its text, as far as `actor` may see the case; null text once its day is over, to the minute. Throws `not_found`. */
export async function getManualOutput({ actor, now, outputId }: { readonly actor: UserActor; readonly now: Date; readonly outputId: string }): Promise<OutputView> {
  requirePermission(actor, 'case:read');
  const row = await getDb().manualOutput.findFirst({ where: { AND: [{ case: caseScope(actor) }, { id: outputId }] }, select: { ...columns, body: true, case: { select: { reference: true } } } });
  if (!row) throw new AppError('not_found');
  const people = await loadPeople(getDb(), [row.writtenById]);
  const item = serialize(row, { actor, now }, people);
  return { ...item, caseReference: row.case.reference, body: item.dueAt === null ? null : row.body };
}
