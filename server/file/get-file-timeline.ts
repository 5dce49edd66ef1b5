import { type Actor } from '@/domain/actor';
import { type AuditData } from '@/domain/audit';
import { eventSentence } from '@/domain/event-sentences';
import { type FileActor, type FileTimelineEntry } from '@/domain/file-view';
import { isStaff } from '@/domain/roles';
import { isUuid } from '@/domain/uuid';
import { type EventRow, eventColumns } from '../audit/timeline-entries';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { loadFile } from './load-file';

/** Events of one file, a segment that is refused each time included. */
const MAX_EVENTS = 500;

/** The history of a file as its customer reads it, from the audit log, oldest first, without anybody's name. Throws `not_found`. */
export async function getFileTimeline({ actor, fileId }: { readonly actor: Actor; readonly fileId: string }): Promise<FileTimelineEntry[]> {
  requirePermission(actor, 'file:read');
  const file = await loadFile(getDb(), actor, fileId);
  const events = await getDb().auditEvent.findMany({ where: { fileId: file.id }, orderBy: { seq: 'asc' }, take: MAX_EVENTS, select: eventColumns });
  const known = await peopleAmong(events);
  return events.map((event) => ({
    seq: event.seq.toString(),
    at: event.at.toISOString(),
    type: event.type,
    text: eventSentence(event.type, event.data as AuditData),
    by: byWhom(event, actor, known),
  }));
}

type People = ReadonlyMap<string, { readonly isStaff: boolean }>;

/** The people behind the pseudonyms of the events, without their names. One since erased is not among them. */
async function peopleAmong(events: readonly EventRow[]): Promise<People> {
  const pseudonyms = [...new Set(events.flatMap(({ actorKind, actorId }) => (actorKind === 'user' && actorId && isUuid(actorId) ? [actorId] : [])))];
  const people = await getDb().auditActor.findMany({ where: { id: { in: pseudonyms } }, select: { id: true, user: { select: { role: true } } } });
  return new Map(people.flatMap(({ id, user }) => (user ? [[id, { isStaff: isStaff(user.role) }] as const] : [])));
}

function byWhom({ actorKind, actorId }: EventRow, reader: Actor, people: People): FileActor {
  if (actorKind === 'upload_key') return 'upload_key';
  if (actorKind !== 'user' || actorId === null) return 'portal';
  if (reader.kind === 'user' && reader.pseudonym === actorId) return 'you';
  const person = people.get(actorId);
  if (!person) return 'erased';
  const readerIsStaff = reader.kind === 'user' && isStaff(reader.role);
  if (person.isStaff) return readerIsStaff ? 'colleague' : 'support';
  return readerIsStaff ? 'customer' : 'colleague';
}
