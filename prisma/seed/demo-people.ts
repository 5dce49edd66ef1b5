import { randomUUID } from 'node:crypto';
import { type UserActor } from '@/domain/actor';
import { type Role } from '@/domain/roles';
import { getDb } from '@/server/db';
import { makeOrganization, makeUser } from './library';

type Person = { readonly email: string; readonly name: string; readonly role: Role; readonly organization?: string };

const PEOPLE = {
  ada: { email: 'ada@customer.example', name: 'Ada', role: 'customer', organization: 'Example Customer' },
  bo: { email: 'bo@customer.example', name: 'Bo', role: 'customer', organization: 'Example Customer' },
  eve: { email: 'eve@other.example', name: 'Eve', role: 'customer', organization: 'Other Customer' },
  sam: { email: 'sam@vendor.example', name: 'Sam', role: 'support' },
  dana: { email: 'dana@vendor.example', name: 'Dana', role: 'data_admin' },
  alex: { email: 'alex@vendor.example', name: 'Alex', role: 'admin' },
  kim: { email: 'kim@partner.example', name: 'Kim', role: 'subcontractor' },
} as const satisfies Record<string, Person>;

export type DemoPeople = Readonly<Record<keyof typeof PEOPLE, UserActor>>;

/** The demo accounts, made unless they are there. */
export async function makeDemoPeople(): Promise<DemoPeople> {
  const organizations = new Map<string, string>();
  const actors: [string, UserActor][] = [];
  for (const [key, person] of Object.entries(PEOPLE) as [string, Person][]) {
    const known = await findActor(person.email);
    if (known && person.organization && known.organizationId) organizations.set(person.organization, known.organizationId);
    actors.push([key, known ?? (await makeActor(person, organizations))]);
  }
  return Object.fromEntries(actors) as DemoPeople;
}

async function findActor(email: string): Promise<UserActor | null> {
  const row = await getDb().user.findUnique({ where: { email }, select: { id: true, role: true, organizationId: true, auditActor: { select: { id: true } } } });
  if (!row?.auditActor) return null;
  return { kind: 'user', userId: row.id, pseudonym: row.auditActor.id, role: row.role, organizationId: row.organizationId, sessionId: randomUUID() };
}

async function makeActor({ organization, ...person }: Person, organizations: Map<string, string>): Promise<UserActor> {
  let organizationId: string | null = null;
  if (organization) {
    organizationId = organizations.get(organization) ?? (await makeOrganization({ name: organization })).id;
    organizations.set(organization, organizationId);
  }
  return (await makeUser({ ...person, organizationId, isDemo: true })).actor;
}
