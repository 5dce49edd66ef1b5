import { beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type UserActor } from '@/domain/actor';
import { DESK_PAGE_SIZE, parseDeskCaseQuery } from '@/domain/desk-cases';
import { parseDeskFileQuery } from '@/domain/desk-files';
import { type QueryParams } from '@/domain/query-params';
import { type Role } from '@/domain/roles';
import { acceptPolicy, makeCase, makeCustomer, makeFile, makeFileRequest, makeNdaInForce, makeOrganization, makeStaff, makeUser, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { listDeskCases } from './list-desk-cases';
import { listDeskFiles } from './list-desk-files';
import { listDeskOrganizations } from './list-desk-organizations';

const HOUR = 60 * 60 * 1000;
const NOW = new Date('2026-11-27T12:00:00Z');
const before = (hours: number) => new Date(NOW.getTime() - hours * HOUR);

let support: SeedUser;
let otherSupport: SeedUser;
let customer: SeedUser & { organizationId: string };
let silo: SeedCase;
let percent: SeedCase;
let quiet: SeedCase;
let closed: SeedCase;

const cases = (params: QueryParams, actor: Actor = support.actor) => listDeskCases({ actor, now: NOW, query: parseDeskCaseQuery(params) });
const files = (params: QueryParams, actor: Actor = support.actor) => listDeskFiles({ actor, query: parseDeskFileQuery(params) });
const referencesOf = async (params: QueryParams, actor?: Actor) => (await cases(params, actor)).items.map((item) => item.reference);

beforeAll(async () => {
  support = await makeStaff('support');
  otherSupport = await makeStaff('support');
  customer = await makeCustomer({ organizationId: (await makeOrganization({ name: 'Silo_Works' })).id });
  const neighbour = await makeCustomer({ organizationId: (await makeOrganization({ name: 'Öresund Ärzte' })).id });
  silo = await makeCase({ openedBy: customer, title: 'Heap grows', severity: 'high', now: before(5) });
  percent = await makeCase({ openedBy: neighbour, title: 'Disk at 100% since noon', severity: 'critical', ndaRequired: true, now: before(4) });
  quiet = await makeCase({ openedBy: neighbour, title: 'A question about SiloXWorks', severity: 'low', ndaChoice: 'without', now: before(3) });
  closed = await makeCase({ openedBy: customer, title: 'Solved', status: 'closed', now: before(2) });
  await acceptPolicy({ caseId: silo.id, by: customer, now: before(5) });
  await makeNdaInForce({ organizationId: customer.organizationId, by: customer, now: before(5) });
  await makeFileRequest({ caseId: quiet.id, by: support });
  await makeFile({ caseId: silo.id, by: customer, state: 'verified', name: 'java_pid4711.hprof', sizeBytes: 3_000_000_000, now: before(24) });
  await makeFile({ caseId: silo.id, by: customer, state: 'uploading', name: 'catalina.out', kind: 'component_log', sizeBytes: 10, now: before(1) });
  await makeFile({ caseId: percent.id, state: 'quarantined', name: 'dump%.sql', kind: 'database_backup', sizeBytes: 500, now: before(48) });
  await makeFile({ caseId: percent.id, state: 'expired', now: before(240) });
});

describe('who may see the desk', () => {
  const nobody: readonly [string, () => Promise<Actor> | Actor][] = [
    ['a customer', () => customer.actor],
    ['a subcontractor', async () => (await makeUser({ role: 'subcontractor' })).actor],
    ['an unknown role', () => ({ ...support.actor, role: 'owner' as Role })],
    ['an upload key', () => ({ kind: 'upload_key', uploadKeyId: support.id, caseId: silo.id, organizationId: customer.organizationId })],
    ['a job', () => ({ kind: 'system', name: 'sweep' })],
  ];
  it.each(nobody)('not %s', async (_who, make) => {
    const actor = await make();
    await expect(cases({}, actor)).rejects.toMatchObject({ code: 'not_found' });
    await expect(files({}, actor)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listDeskOrganizations({ actor })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('not somebody who is not signed in', async () => {
    await expect(cases({}, { kind: 'anonymous' })).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it.each(['support', 'data_admin', 'admin'] as const)('everybody of the vendor: %s', async (role) => {
    const actor: UserActor = (await makeStaff(role)).actor;
    expect((await cases({}, actor)).total).toBe(3);
    expect((await files({}, actor)).total).toBe(3);
  });
});

describe('the list of cases', () => {
  it('shows open ones of every organization, the latest activity first, with what their line needs', async () => {
    const list = await cases({});
    expect(list.items.map((item) => item.reference)).toEqual([quiet.reference, percent.reference, silo.reference]);
    expect(list).toMatchObject({ total: 3, page: 1, counts: { open: 3, closed: 1 } });
    expect(list.items[2]).toEqual({
      reference: silo.reference, title: 'Heap grows', product: 'Example Server', organizationName: 'Silo_Works', severity: 'high', status: 'open',
      createdAt: before(5).toISOString(), updatedAt: before(5).toISOString(), files: { ready: 1, sending: 1 }, openRequests: 0,
      dueAt: new Date(before(24).getTime() + 7 * 24 * HOUR).toISOString(), policy: 'accepted', nda: 'in_force',
    });
    expect(list.items[1]).toMatchObject({ files: { quarantined: 1, gone: 1 }, policy: 'not_accepted', nda: 'required' });
    expect(list.items[0]).toMatchObject({ files: {}, openRequests: 1, dueAt: null, nda: 'without' });
  });

  const narrowed: readonly (readonly [string, QueryParams, () => readonly SeedCase[]])[] = [
    ['severity', { severity: 'critical' }, () => [percent]],
    ['status', { status: 'closed' }, () => [closed]],
    ['every status', { status: 'all' }, () => [closed, quiet, percent, silo]],
    ['the state of a file', { files: 'quarantined' }, () => [percent]],
    ['no file', { files: 'none' }, () => [quiet]],
    ['files that were asked for', { files: 'awaited' }, () => [quiet]],
    ['what I asked for', { mine: 'yes' }, () => [quiet]],
    ['time left', { sort: 'due' }, () => [percent, silo, quiet]],
    ['severity, worst first', { sort: 'severity' }, () => [percent, silo, quiet]],
    ['title', { sort: 'title' }, () => [quiet, percent, silo]],
    ['when it was opened', { sort: 'opened' }, () => [quiet, percent, silo]],
  ];
  it.each(narrowed)('is filtered and sorted by %s', async (_what, params, wanted) => {
    expect(await referencesOf(params)).toEqual(wanted().map((item) => item.reference));
  });

  it('knows one colleague from another', async () => expect(await referencesOf({ mine: 'yes' }, otherSupport.actor)).toEqual([]));

  it('is filtered by organization, also by one that does not exist', async () => {
    expect(await referencesOf({ organization: customer.organizationId })).toEqual([silo.reference]);
    expect(await referencesOf({ organization: '0190b3b1-0000-7000-8000-000000000001' })).toEqual([]);
    expect((await listDeskOrganizations({ actor: support.actor })).map(({ name }) => name).sort()).toEqual(['Silo_Works', 'Öresund Ärzte'].sort());
  });

  const searches: readonly (readonly [string, () => string, () => readonly SeedCase[]])[] = [
    ['a reference as it is typed', () => silo.reference.toLowerCase().replaceAll('-', ' '), () => [silo]],
    ['a part of a reference', () => silo.reference.slice(3, 9).toLowerCase(), () => [silo]],
    ['a word of the title', () => 'HEAP', () => [silo]],
    ['the organization', () => 'öRESUND ä', () => [quiet, percent]],
    ['the name of a file', () => 'pid4711', () => [silo]],
    ['a per cent sign, which is not a wildcard', () => '100%', () => [percent]],
    ['a per cent sign alone', () => '%', () => [percent]],
    ['an underscore, which is not a wildcard', () => 'Silo_W', () => [silo]],
    ['a backslash', () => '\\', () => []],
    ['a quote', () => '\' or 1=1 --', () => []],
    ['a NUL', () => 'heap\u0000', () => [silo]],
    ['a very long text', () => 'x'.repeat(100_000), () => []],
  ];
  it.each(searches)('is searched by %s', async (_what, text, wanted) => {
    expect(await referencesOf({ q: text() })).toEqual(wanted().map((item) => item.reference));
  });

  it('gives the last page where the address asks for one beyond it', async () => {
    expect(await cases({ page: '400' })).toMatchObject({ page: 1, total: 3 });
    expect(await cases({ page: '400', sort: 'due' })).toMatchObject({ page: 1, total: 3 });
  });
});

describe('the list of files', () => {
  it('shows what is not gone, the latest change first', async () => {
    const list = await files({});
    expect(list.items.map((item) => item.name)).toEqual(['catalina.out', 'java_pid4711.hprof', 'dump%.sql']);
    expect(list.counts).toEqual({ sending: 1, ready: 1, quarantined: 1, gone: 1 });
    expect(list.items[1]).toMatchObject({ state: 'verified', rawSizeBytes: 3_000_000_000, sizeBytes: 1_000_000_000, caseReference: silo.reference, organizationName: 'Silo_Works', dueAt: new Date(before(24).getTime() + 7 * 24 * HOUR).toISOString() });
  });

  it.each([
    ['state', { state: 'quarantined' }, ['dump%.sql']],
    ['what is gone, without its name', { state: 'gone' }, [null]],
    ['kind', { kind: 'component_log' }, ['catalina.out']],
    ['time left', { sort: 'due' }, ['dump%.sql', 'java_pid4711.hprof', 'catalina.out']],
    ['size', { sort: 'size' }, ['java_pid4711.hprof', 'dump%.sql', 'catalina.out']],
    ['age', { sort: 'age' }, ['dump%.sql', 'java_pid4711.hprof', 'catalina.out']],
    ['name', { q: 'CATALINA' }, ['catalina.out']],
    ['a wildcard that is none', { q: '%' }, ['dump%.sql']],
    ['the title of its case', { q: 'heap grows' }, ['catalina.out', 'java_pid4711.hprof']],
  ] as const)('is filtered, sorted and searched by %s', async (_what, params, names) => {
    expect((await files(params)).items.map((item) => item.name)).toEqual(names);
  });

  it('is searched by the reference of a case', async () => {
    expect((await files({ q: percent.reference })).items.map((item) => item.name)).toEqual(['dump%.sql']);
    expect((await files({ organization: customer.organizationId })).total).toBe(2);
  });
});

it('pages through many cases without losing or repeating one, in every order', async () => {
  const crowd = await makeCustomer();
  for (let at = 0; at < DESK_PAGE_SIZE + 5; at += 1) {
    const made = await makeCase({ openedBy: crowd, title: 'Same title', severity: 'normal', now: before(100) });
    if (at < 3) await makeFile({ caseId: made.id, state: 'stored', now: before(at) });
  }
  for (const sort of ['activity', 'opened', 'due', 'severity', 'title']) {
    const first = await cases({ organization: crowd.organizationId, sort });
    const second = await cases({ organization: crowd.organizationId, sort, page: '2' });
    expect(first.items).toHaveLength(DESK_PAGE_SIZE);
    expect(second.items).toHaveLength(5);
    expect(new Set([...first.items, ...second.items].map((item) => item.reference)).size).toBe(DESK_PAGE_SIZE + 5);
  }
});
