import { beforeAll, describe, expect, it } from 'vitest';
import { acceptPolicy, makeCase, makeCustomer, makeFile, makeStaff, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { appendAuditEvent } from '../audit/append-audit-event';
import { AUDIT_PAGE_SIZE, listAuditEvents } from '../audit/list-audit-events';
import { closeCase } from '../case/close-case';
import { requireNda } from '../case/require-nda';
import { getDb, inTransaction } from '../db';
import { makeFileRequest } from '../file-request/make-file-request';
import { getDeskCase } from './get-desk-case';

const NOW = new Date('2026-11-27T12:00:00Z');
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
let support: SeedUser;
let admin: SeedUser;
let customer: SeedUser;
let made: SeedCase;
let fileId: string;

beforeAll(async () => {
  support = await makeStaff('support');
  admin = await makeStaff('admin');
  customer = await makeCustomer({ name: 'Ada Customer' });
  made = await makeCase({ openedBy: customer, title: 'Heap grows', now: NOW });
  await acceptPolicy({ caseId: made.id, by: customer, now: NOW });
  fileId = (await makeFile({ caseId: made.id, by: customer, state: 'quarantined', stateReason: 'bomb', name: 'a.hprof', sizeBytes: 5_000_000_000, now: NOW })).id;
  const about = { organizationId: made.organizationId, caseId: made.id };
  await inTransaction((tx) => appendAuditEvent(tx, NOW, { ...about, type: 'case.opened', actor: customer.actor }));
  await inTransaction((tx) => appendAuditEvent(tx, after(1), { ...about, type: 'file.stored', actor: { kind: 'upload_key', uploadKeyId: customer.id, caseId: made.id, organizationId: made.organizationId }, fileId }));
  await inTransaction((tx) => appendAuditEvent(tx, after(2), { ...about, type: 'file.quarantined', actor: { kind: 'system', name: 'verify-file' }, fileId, data: { reason: 'bomb' } }));
  await makeFileRequest({ actor: support.actor, now: after(3), reference: made.reference, kind: 'os_log', purpose: 'To see when the system ran out of memory.' });
});

const read = (actor = support.actor, reference = made.reference) => getDeskCase({ actor, reference, now: after(10) });

describe('a case on the desk', () => {
  it('shows its facts, what was asked for, its files and who did what', async () => {
    const view = await read(support.actor, made.reference.toLowerCase().replaceAll('-', ' '));
    expect(view).toMatchObject({ reference: made.reference, organizationName: expect.any(String), openedByName: 'Ada Customer', policy: 'accepted', nda: 'undecided', maySend: true, totalFiles: 1 });
    expect(view.acceptances).toEqual([{ version: '1.0', acceptedAt: NOW.toISOString(), acceptedByName: 'Ada Customer', isInForce: true }]);
    expect(view.fileRequests).toMatchObject([{ kind: 'os_log', status: 'open', requestedByName: 'Staff Person', sentFiles: 0 }]);
    expect(view.history.map(({ text, by, byName }) => [text, by, byName])).toEqual([
      ['The case was opened.', 'Customer', 'Ada Customer'],
      ['A file was asked for: operating system log.', 'Support engineer', 'Staff Person'],
    ]);
    expect(view.files).toMatchObject([{ id: fileId, name: 'a.hprof', state: 'quarantined', stateReason: 'bomb', rawSizeBytes: 5_000_000_000, storedSegments: 0 }]);
    expect(view.files[0]?.timeline.map(({ text, by, byName }) => [text, by, byName])).toEqual([
      ['Every segment was seen in storage.', 'Upload key', null],
      ['The file was quarantined. The file unpacks to far more than a diagnostic file does.', 'The portal', null],
    ]);
  });

  it('gives nobody an address of any content, an object key or a person\'s address', async () => {
    const text = JSON.stringify(await read());
    expect(text).not.toMatch(/https?:|objectKey|safeName|@example/);
  });

  it('is not found by a reference that is none, or of no case', async () => {
    for (const reference of ['AL-0000-0000', 'x', '', '../../etc/passwd', 'A'.repeat(5000)]) await expect(read(support.actor, reference)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not there for a customer, not even for their own', async () => {
    await expect(read(customer.actor)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shows that nothing can be sent once the NDA is needed, and that it was closed', async () => {
    await requireNda({ actor: support.actor, now: after(4), reference: made.reference });
    expect(await read()).toMatchObject({ nda: 'required', maySend: false });
    await closeCase({ actor: support.actor, now: after(5), reference: made.reference });
    const view = await read(admin.actor);
    expect(view).toMatchObject({ status: 'closed', closedAt: after(5).toISOString() });
    expect(view.history.map(({ type }) => type)).toEqual(['case.opened', 'file_request.made', 'case.nda_required', 'case.closed']);
  });

  it('calls by their address whoever gave no name yet', async () => {
    await getDb().user.update({ where: { id: customer.id }, data: { name: null } });
    const { email } = await getDb().user.findUniqueOrThrow({ where: { id: customer.id } });
    expect(await read()).toMatchObject({ openedByName: email, acceptances: [{ acceptedByName: email }] });
  });

  it('keeps its history without the name of a person who was erased', async () => {
    await getDb().user.update({ where: { id: customer.id }, data: { name: null, email: null } });
    await getDb().auditActor.update({ where: { id: customer.actor.pseudonym }, data: { userId: null } });
    const view = await read();
    expect(view.openedByName).toBeNull();
    expect(view.history[0]).toMatchObject({ by: 'A person since erased', byName: null });
  });
});

describe('the audit log', () => {
  it('is read by administrators only', async () => {
    for (const person of [support, customer, await makeStaff('data_admin')]) await expect(listAuditEvents({ actor: person.actor, before: null })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('gives the latest events first and goes on where it stopped', async () => {
    for (let at = 0; at < AUDIT_PAGE_SIZE; at += 1) await inTransaction((tx) => appendAuditEvent(tx, after(20), { type: 'session.ended', actor: admin.actor }));
    const latest = await listAuditEvents({ actor: admin.actor, before: null });
    expect(latest.items).toHaveLength(AUDIT_PAGE_SIZE);
    expect(latest.items[0]).toMatchObject({ type: 'session.ended', by: 'Administrator', caseReference: null });
    const earlier = await listAuditEvents({ actor: admin.actor, before: BigInt(latest.before ?? 0) });
    expect(earlier.items.at(-1)).toMatchObject({ seq: '1', type: 'case.opened', caseReference: made.reference });
    expect(earlier.before).toBeNull();
    expect(Number(earlier.items[0]?.seq)).toBe(Number(latest.items.at(-1)?.seq) - 1);
  });
});
