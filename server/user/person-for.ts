import { type UserActor } from '@/domain/actor';
import { isStaff } from '@/domain/roles';
import { type Tx } from '../db';
import { PERSON_NAME, personName } from './person-name';

export type People = ReadonlyMap<string, { readonly name: string | null; readonly isStaff: boolean }>;

/** Those of `ids` that are still known; one query at most. */
export async function loadPeople(db: Pick<Tx, 'user'>, ids: readonly (string | null)[]): Promise<People> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  const rows = known.length === 0 ? [] : await db.user.findMany({ where: { id: { in: known } }, select: { id: true, ...PERSON_NAME, role: true } });
  return new Map(rows.map((person) => [person.id, { name: personName(person), isStaff: isStaff(person.role) }]));
}

/** How `reader` knows somebody: staff by name, customers as what they are. */
export function personFor(reader: UserActor, id: string, people: People): string {
  if (id === reader.userId) return 'You';
  const person = people.get(id);
  if (isStaff(reader.role)) return person?.name ?? 'A person since erased';
  return person?.isStaff === false ? 'A colleague' : 'Support';
}
