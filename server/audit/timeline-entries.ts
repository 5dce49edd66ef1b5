import { type AuditData } from '@/domain/audit';
import { type TimelineEntry } from '@/domain/desk-case';
import { eventSentence } from '@/domain/event-sentences';
import { ROLE_LABELS } from '@/domain/roles';
import { isUuid } from '@/domain/uuid';
import { getDb, type Prisma } from '../db';

export const eventColumns = { seq: true, at: true, type: true, actorKind: true, actorId: true, fileId: true, data: true } as const satisfies Prisma.AuditEventSelect;
export type EventRow = Prisma.AuditEventGetPayload<{ select: typeof eventColumns }>;

/** The people behind pseudonyms, in one query; one whose link was cut is not in it. */
async function loadPeople(rows: readonly EventRow[]) {
  const ids = new Set(rows.flatMap((row) => (row.actorKind === 'user' && row.actorId && isUuid(row.actorId) ? [row.actorId] : [])));
  const people = await getDb().auditActor.findMany({ where: { id: { in: [...ids] } }, select: { id: true, user: { select: { name: true, role: true } } } });
  return new Map(people.flatMap(({ id, user }) => (user ? [[id, user] as const] : [])));
}

/** Events as staff read them, in the order given, each beside the file it is about. */
export async function toTimeline(rows: readonly EventRow[]): Promise<readonly (TimelineEntry & { readonly fileId: string | null })[]> {
  const people = await loadPeople(rows);
  return rows.map((row) => {
    const person = row.actorKind === 'user' && row.actorId ? people.get(row.actorId) : undefined;
    return {
      seq: row.seq.toString(),
      at: row.at.toISOString(),
      type: row.type,
      text: eventSentence(row.type, row.data as AuditData),
      by: authorLabel(row.actorKind, person ? ROLE_LABELS[person.role] : 'A person since erased'),
      byName: person?.name ?? null,
      fileId: row.fileId,
    };
  });
}

function authorLabel(kind: EventRow['actorKind'], person: string): string {
  switch (kind) {
    case 'user':
      return person;
    case 'upload_key':
      return 'Upload key';
    case 'system':
      return 'The portal';
    case 'anonymous':
      return 'Somebody not signed in';
  }
}
