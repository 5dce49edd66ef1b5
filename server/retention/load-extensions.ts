import { type UserActor } from '@/domain/actor';
import { type ExtensionView } from '@/domain/retention';
import { fileScope } from '../case/case-scope';
import { type Prisma, type Tx } from '../db';
import { loadPeople, type People, personFor } from '../user/person-for';

const columns = {
  id: true, days: true, reason: true, state: true, createdAt: true, proposedById: true, effectiveAt: true, endedAt: true, endedById: true,
  clock: { select: { fileId: true } },
} as const satisfies Prisma.RetentionExtensionSelect;
type Row = Prisma.RetentionExtensionGetPayload<{ select: typeof columns }>;

/** The extensions of the files, by file, the latest first; two queries, however many files. */
export async function loadExtensions(db: Pick<Tx, 'retentionExtension' | 'user'>, reader: UserActor, fileIds: readonly string[]): Promise<ReadonlyMap<string, ExtensionView[]>> {
  const rows = await db.retentionExtension.findMany({ where: { clock: { fileId: { in: [...fileIds] }, file: fileScope(reader) } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: columns });
  const people = await loadPeople(db, rows.flatMap(({ proposedById, endedById }) => [proposedById, endedById]));
  const byFile = new Map<string, ExtensionView[]>();
  for (const row of rows) {
    const fileId = row.clock.fileId ?? '';
    byFile.set(fileId, [...(byFile.get(fileId) ?? []), serialize(row, reader, people)]);
  }
  return byFile;
}

function serialize(row: Row, reader: UserActor, people: People): ExtensionView {
  return {
    id: row.id,
    days: row.days,
    reason: row.reason,
    state: row.state,
    proposedAt: row.createdAt.toISOString(),
    proposedBy: personFor(reader, row.proposedById, people),
    effectiveAt: row.effectiveAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy: row.endedById === null ? null : personFor(reader, row.endedById, people),
  };
}
