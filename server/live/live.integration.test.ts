import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCustomer, makeReadyCase, makeSession, makeStaff, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { reserve } from '@/tests/fixtures/send-file';
import { closeDb, getDb, inTransaction } from '../db';
import { LiveHub } from './live-hub';
import { openLiveStream } from './live-stream';
import { assertMayListen } from './may-hear';
import { tellLive } from './tell-live';

let customer: SeedUser;
let stranger: SeedUser;
let staff: SeedUser;
let row: SeedCase;
const hub = () => new LiveHub(process.env.DATABASE_URL ?? '');

beforeAll(async () => {
  ({ customer, case: row } = await makeReadyCase());
  stranger = await makeCustomer();
  staff = await makeStaff();
  await Promise.all([customer, stranger, staff].map((user) => makeSession(user)));
});
afterAll(closeDb);

/** Reads a stream event by event. */
function eventsOf(stream: ReadableStream<Uint8Array>): { next: () => Promise<string> } {
  const reader = stream.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>).getReader();
  let buffer = '';
  return {
    next: async () => {
      for (;;) {
        const end = buffer.indexOf('\n\n');
        if (end >= 0) {
          const event = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          return event;
        }
        const { value, done } = await reader.read();
        if (done) return 'closed';
        buffer += value;
      }
    },
  };
}

async function listen(user: SeedUser, topic: Parameters<typeof openLiveStream>[0]['topic'], shared = hub()) {
  const stopping = new AbortController();
  const events = eventsOf(await openLiveStream({ actor: user.actor, topic, signal: stopping.signal, hub: shared }));
  expect(await events.next()).toBe('retry: 3000');
  expect(await events.next()).toBe('event: ready\ndata: {}');
  return { next: events.next, stop: () => stopping.abort() };
}

describe('a page that listens', () => {
  it('hears of a change once it is committed, by ids alone', async () => {
    const page = await listen(customer, { caseId: row.id });
    const fileId = await reserve(Buffer.from('x'), { actor: customer.actor, reference: row.reference, name: 'canary.log' });
    expect(await page.next()).toBe(`event: changed\ndata: ${JSON.stringify({ type: 'file.reserved', caseId: row.id, fileId })}`);
    page.stop();
    expect(await page.next()).toBe('closed');
  });

  it('hears nothing of another organization, while staff hear of all', async () => {
    const shared = hub();
    const [own, foreign, desk] = [await listen(customer, 'organization', shared), await listen(stranger, 'organization', shared), await listen(staff, 'desk', shared)];
    const tell = (organizationId: string | null, caseId: string) => inTransaction((tx) => tellLive(tx, { organizationId, caseId, fileId: null }));
    await tell(customer.organizationId, 'first');
    await tell(stranger.organizationId, 'second');
    for (const [page, caseId] of [[own, 'first'], [foreign, 'second'], [desk, 'first']] as const) expect(await page.next()).toContain(`"caseId":"${caseId}"`);
    expect(await desk.next()).toContain('"caseId":"second"');
    for (const page of [own, foreign, desk]) page.stop();
  });

  it('is told to look again when the connection to the database was lost', async () => {
    const page = await listen(customer, 'organization');
    await getDb().$queryRaw`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'airlock live' and datname = current_database()`;
    expect(await page.next()).toBe('event: changed\ndata: {}');
    page.stop();
  });

  it('is not let in to what it may not see', async () => {
    const refused = [assertMayListen(stranger.actor, { caseId: row.id }), assertMayListen(customer.actor, 'desk'), assertMayListen(staff.actor, 'organization')];
    for (const outcome of await Promise.allSettled(refused)) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
    await assertMayListen(customer.actor, { caseId: row.id });
    await assertMayListen(staff.actor, { caseId: row.id });
  });
});
