import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeFileRequestInput } from '@/domain/file-requests';
import { makeCustomer, makeFile, makeReadyCase, makeStaff } from '@/prisma/seed/library';
import { closeCase } from '../case/close-case';
import { getDb } from '../db';
import { listFileRequests } from './list-file-requests';
import { makeFileRequest } from './make-file-request';
import { withdrawFileRequest } from './withdraw-file-request';

const now = new Date('2026-11-27T10:00:00.000Z');
const later = new Date('2026-11-27T11:00:00.000Z');
const purpose = 'To see which objects fill the memory.';

async function makeScene() {
  const { customer, case: opened } = await makeReadyCase({ now });
  const support = await makeStaff();
  const ask = (at = now) => makeFileRequest({ actor: support.actor, now: at, reference: opened.reference, kind: 'heap_dump', purpose });
  return { customer, opened, support, ask };
}
const noticesOf = async (userId: string) => (await getDb().notice.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind);

describe('asking for a file', () => {
  it('says what it is for, is seen by the customer, moves the case and tells its opener', async () => {
    const { customer, opened, ask } = await makeScene();
    const { id } = await ask(later);
    await makeFile({ caseId: opened.id, by: customer, state: 'uploading', requestId: id });
    expect(await listFileRequests({ actor: customer.actor, reference: opened.reference })).toEqual([
      { id, kind: 'heap_dump', purpose, status: 'open', createdAt: later.toISOString(), endedAt: null, sentFiles: 1, isWaiting: true },
    ]);
    expect(await getDb().case.findUniqueOrThrow({ where: { id: opened.id } })).toMatchObject({ updatedAt: later });
    expect(await getDb().auditEvent.findMany({ where: { caseId: opened.id, type: 'file_request.made' } })).toMatchObject([{ data: { requestId: id, kind: 'heap_dump' } }]);
    expect(await noticesOf(customer.id)).toEqual(['file_requested']);
  });

  it('does not go without a purpose (P-MIN)', () => {
    const parsed = makeFileRequestInput.safeParse({ reference: 'AL-0000-0000', kind: 'heap_dump', purpose: '  ' });
    expect(parsed.error?.issues).toMatchObject([{ path: ['purpose'] }]);
  });

  it('is for support alone, and for open cases', async () => {
    const { customer, opened, support, ask } = await makeScene();
    for (const actor of [customer.actor, (await makeStaff('admin')).actor, (await makeStaff('data_admin')).actor]) {
      await expect(makeFileRequest({ actor, now, reference: opened.reference, kind: 'os_log', purpose })).rejects.toMatchObject({ code: 'not_found' });
    }
    await closeCase({ actor: support.actor, now, reference: opened.reference });
    await expect(ask()).rejects.toMatchObject({ code: 'case_closed' });
    expect(await getDb().fileRequest.count({ where: { caseId: opened.id } })).toBe(0);
  });
});

describe('taking a request back', () => {
  it('happens once and tells the opener', async () => {
    const { customer, opened, support, ask } = await makeScene();
    const { id } = await ask();
    await withdrawFileRequest({ actor: support.actor, now: later, requestId: id });
    await withdrawFileRequest({ actor: support.actor, now: later, requestId: id });
    expect(await listFileRequests({ actor: customer.actor, reference: opened.reference })).toMatchObject([{ status: 'withdrawn', endedAt: later.toISOString() }]);
    expect(await getDb().auditEvent.count({ where: { caseId: opened.id, type: 'file_request.withdrawn' } })).toBe(1);
    expect(await noticesOf(customer.id)).toEqual(['file_requested', 'file_request_withdrawn']);
  });

  it('is not possible once it was answered', async () => {
    const { support, ask } = await makeScene();
    const { id } = await ask();
    await getDb().fileRequest.update({ where: { id }, data: { status: 'answered', endedAt: later } });
    await expect(withdrawFileRequest({ actor: support.actor, now: later, requestId: id })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is nothing to customers, and unknown requests are not found', async () => {
    const { support, customer, opened, ask } = await makeScene();
    const { id } = await ask();
    await expect(withdrawFileRequest({ actor: customer.actor, now, requestId: id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(withdrawFileRequest({ actor: support.actor, now, requestId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
    await expect(listFileRequests({ actor: (await makeCustomer()).actor, reference: opened.reference })).rejects.toMatchObject({ code: 'not_found' });
  });
});
