import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MIN_SEGMENT_BYTES } from '@/domain/limits';
import { makeCustomer, makeFile, makeReadyCase, makeStaff, makeUser, type SeedUser } from '@/prisma/seed/library';
import { catObjects, sampleContent, sendFile } from '@/tests/fixtures/send-file';
import { getDb } from '../db';
import { askForRawAccess } from './ask-for-raw-access';
import { claimRawRead } from './claim-raw-read';
import { grantRawAccess, refuseRawAccess, revokeRawAccess } from './decide-raw-access';
import { endAccess } from './end-access';
import { listCaseRawAccess, listRawAccess } from './list-raw-access';
import { openRawRead, type RawRead } from './open-raw-read';
import { isSecondPersonNeeded } from './second-person';

vi.mock('./second-person', () => ({ isSecondPersonNeeded: vi.fn(() => true) }));
beforeEach(() => {
  vi.mocked(isSecondPersonNeeded).mockReturnValue(true);
});

const now = new Date();
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const refusedWith = (code: string) => ({ code });
const reason = 'The histogram shows no strings.';

async function makeScene({ bytes }: { bytes?: number } = {}) {
  const { customer, case: made } = await makeReadyCase();
  const [asker, second, admin, support] = [await makeStaff('data_admin'), await makeStaff('data_admin'), await makeStaff('admin'), await makeStaff('support')];
  const content = sampleContent(bytes ?? 1000);
  const fileId = bytes === undefined ? (await makeFile({ caseId: made.id, by: customer, state: 'verified' })).id : await sendFile(content, { actor: customer.actor, reference: made.reference, name: 'java_pid4711.hprof' });
  const ask = (hours = 1) => askForRawAccess({ actor: asker.actor, now, reference: made.reference, reason, fileIds: [fileId], hours });
  return { customer, made, asker, second, admin, support, fileId, content, ask };
}

/** The notices of a grant were handed to mail. */
const deliver = (caseId: string) => getDb().notice.updateMany({ where: { caseId, kind: 'raw_access_granted' }, data: { state: 'sent', sentAt: now } });

/** A grant that holds, of which the customer was told. */
async function makeGranted(options: { bytes?: number } = {}) {
  const scene = await makeScene(options);
  const { grantId } = await scene.ask();
  await grantRawAccess({ actor: scene.second.actor, now, grantId });
  await deliver(scene.made.id);
  const target = { actor: scene.asker.actor, now: at(1), grantId, fileId: scene.fileId };
  return { ...scene, grantId, target };
}

async function readAll({ body }: RawRead): Promise<Buffer> {
  return Buffer.from(await new Response(body).arrayBuffer());
}
const eventsOf = async (caseId: string) => (await getDb().auditEvent.findMany({ where: { caseId, type: { startsWith: 'raw_access.' } }, orderBy: { seq: 'asc' } })).map(({ type, data }) => ({ type, ...(data as object) }));
const typesOf = async (caseId: string) => (await eventsOf(caseId)).map(({ type }) => type);
const noticesOf = async (user: SeedUser, caseId: string) => (await getDb().notice.findMany({ where: { userId: user.id, caseId } })).map(({ kind }) => kind);

describe('a grant', () => {
  it('needs a second person, and tells the customer', async () => {
    const { customer, made, asker, second, ask } = await makeScene();
    const { grantId } = await ask();
    expect(await noticesOf(second, made.id)).toEqual(['raw_access_asked']);
    expect(await noticesOf(asker, made.id)).toEqual([]);
    for (const decide of [grantRawAccess, refuseRawAccess]) await expect(decide({ actor: asker.actor, now, grantId })).rejects.toMatchObject(refusedWith('raw_access_own'));
    expect(await listCaseRawAccess({ actor: customer.actor, now, reference: made.reference })).toEqual([]);
    await grantRawAccess({ actor: second.actor, now, grantId });
    await grantRawAccess({ actor: second.actor, now, grantId });
    expect(await noticesOf(customer, made.id)).toEqual(['raw_access_granted']);
    expect(await eventsOf(made.id)).toMatchObject([{ type: 'raw_access.asked' }, { type: 'raw_access.granted', secondPerson: true, hours: 1 }]);
    expect(await listCaseRawAccess({ actor: customer.actor, now, reference: made.reference })).toMatchObject([{ reason, state: 'granted', endsAt: at(60).toISOString(), files: [{ readAt: null }] }]);
  });

  it('is asked for by data administrators alone, and decided by them and administrators', async () => {
    const { customer, made, support, admin, fileId, ask } = await makeScene();
    const subcontractor = await makeUser({ role: 'subcontractor' });
    for (const { actor } of [customer, support, admin, subcontractor]) await expect(askForRawAccess({ actor, now, reference: made.reference, reason, fileIds: [fileId], hours: 1 })).rejects.toMatchObject(refusedWith('not_found'));
    const { grantId } = await ask();
    for (const { actor } of [customer, support, subcontractor]) {
      for (const decide of [grantRawAccess, refuseRawAccess, revokeRawAccess]) await expect(decide({ actor, now, grantId })).rejects.toMatchObject(refusedWith('not_found'));
    }
    await expect(listRawAccess({ actor: support.actor, now, group: 'open' })).rejects.toMatchObject(refusedWith('not_found'));
    await grantRawAccess({ actor: admin.actor, now, grantId });
    expect((await listRawAccess({ actor: admin.actor, now, group: 'open' })).find(({ id }) => id === grantId)).toMatchObject({ state: 'granted', mayDecide: false, mayRevoke: true, mayRead: false });
  });

  it('names whole files of the case', async () => {
    const { made, asker } = await makeScene();
    const foreign = await makeFile({ caseId: (await makeReadyCase()).case.id, state: 'verified' });
    const gone = await makeFile({ caseId: made.id, state: 'expired' });
    for (const { id } of [foreign, gone]) await expect(askForRawAccess({ actor: asker.actor, now, reference: made.reference, reason, fileIds: [id], hours: 1 })).rejects.toMatchObject(refusedWith('validation_failed'));
  });

  it('is not given to who is a data administrator no more, nor a day later, nor twice, nor after a refusal', async () => {
    const demoted = await makeScene();
    const first = await demoted.ask();
    await getDb().user.update({ where: { id: demoted.asker.id }, data: { role: 'support' } });
    await expect(grantRawAccess({ actor: demoted.second.actor, now, ...{ grantId: first.grantId } })).rejects.toMatchObject(refusedWith('raw_access_wrong_state'));
    const late = await makeScene();
    const second = await late.ask();
    await expect(grantRawAccess({ actor: late.second.actor, now: at(24 * 60), grantId: second.grantId })).rejects.toMatchObject(refusedWith('raw_access_wrong_state'));
    await refuseRawAccess({ actor: late.admin.actor, now, grantId: second.grantId });
    await expect(grantRawAccess({ actor: late.second.actor, now, grantId: second.grantId })).rejects.toMatchObject(refusedWith('raw_access_wrong_state'));
    const raced = await makeScene();
    const { grantId } = await raced.ask();
    await Promise.allSettled([grantRawAccess({ actor: raced.second.actor, now, grantId }), grantRawAccess({ actor: raced.admin.actor, now, grantId }), revokeRawAccess({ actor: raced.asker.actor, now, grantId })]);
    const types = await typesOf(raced.made.id);
    expect(types.filter((type) => type === 'raw_access.granted').length).toBeLessThanOrEqual(1);
    expect(types.at(-1)).toBe('raw_access.revoked');
  });

  it('is given at once where the setting needs no second person, which the record says', async () => {
    vi.mocked(isSecondPersonNeeded).mockReturnValue(false);
    const { customer, made, second, ask } = await makeScene();
    await ask(4);
    expect(await noticesOf(customer, made.id)).toEqual(['raw_access_granted']);
    expect(await noticesOf(second, made.id)).toEqual([]);
    expect(await eventsOf(made.id)).toMatchObject([{ type: 'raw_access.asked' }, { type: 'raw_access.granted', secondPerson: false, hours: 4 }]);
  });

  it('tells every member where its opener left', async () => {
    const { customer, made, second, ask } = await makeScene();
    const colleague = await makeCustomer({ organizationId: made.organizationId });
    await getDb().user.update({ where: { id: customer.id }, data: { disabledAt: now } });
    const { grantId } = await ask();
    await grantRawAccess({ actor: second.actor, now, grantId });
    expect(await noticesOf(colleague, made.id)).toEqual(['raw_access_granted']);
  });
});

describe('a read', () => {
  it('is the stored bytes, once, under a name that says who took them', async () => {
    const { customer, made, target, content, fileId, grantId, asker } = await makeGranted({ bytes: MIN_SEGMENT_BYTES + 1000 });
    await claimRawRead(target);
    const read = await openRawRead(target);
    expect(read.fileName).toBe(`${made.reference}.grant-${grantId}.reader-${asker.actor.pseudonym}.hprof.gz`);
    const bytes = await readAll(read);
    expect(bytes.length).toBe(read.sizeBytes);
    expect(bytes.equals(await catObjects(fileId))).toBe(true);
    expect(gunzipSync(bytes).equals(content)).toBe(true);
    await expect(claimRawRead(target)).rejects.toMatchObject(refusedWith('raw_read_once'));
    await expect(openRawRead(target)).rejects.toMatchObject(refusedWith('raw_read_once'));
    expect((await eventsOf(made.id)).slice(2)).toMatchObject([
      { type: 'raw_access.read_claimed' }, { type: 'raw_access.read_begun' }, { type: 'raw_access.read_ended', how: 'whole', bytes: bytes.length },
      { type: 'raw_access.read_refused', because: 'read_before' }, { type: 'raw_access.read_refused', because: 'read_before' },
    ]);
    expect(await listCaseRawAccess({ actor: customer.actor, now, reference: made.reference })).toMatchObject([{ files: [{ readAt: at(1).toISOString(), deliveredBytes: bytes.length, isWhole: true }] }]);
  });

  it('waits until the customer was told, and for the form that announces it', async () => {
    const { made, target, grantId, fileId } = await makeGranted({ bytes: 1000 });
    await getDb().notice.updateMany({ where: { caseId: made.id }, data: { state: 'queued' } });
    await expect(claimRawRead(target)).rejects.toMatchObject(refusedWith('raw_read_not_told'));
    await deliver(made.id);
    await expect(openRawRead(target)).rejects.toMatchObject(refusedWith('raw_read_not_claimed'));
    await claimRawRead(target);
    await expect(openRawRead({ ...target, now: at(2) })).rejects.toMatchObject(refusedWith('raw_read_not_claimed'));
    await claimRawRead({ ...target, now: at(2) });
    const ends = await Promise.allSettled([openRawRead({ ...target, now: at(2) }), openRawRead({ ...target, now: at(2) })]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const end of ends) if (end.status === 'fulfilled') await end.value.body.cancel();
    expect(await getDb().rawAccessGrantFile.findFirst({ where: { grantId, fileId } })).toMatchObject({ isWhole: false, deliveredBytes: 0n });
  });

  it('is not used up where it cannot begin', async () => {
    const { made, target, content } = await makeGranted({ bytes: 1000 });
    await claimRawRead(target);
    await getDb().$executeRaw`alter table "Segment" rename to "SegmentAway"`;
    await expect(openRawRead(target)).rejects.toThrow();
    await getDb().$executeRaw`alter table "SegmentAway" rename to "Segment"`;
    expect((await typesOf(made.id)).at(-1)).toBe('raw_access.read_claimed');
    expect(gunzipSync(await readAll(await openRawRead(target))).equals(content)).toBe(true);
  });

  it('that its reader breaks off is recorded with what was handed over, and used up all the same', async () => {
    const { made, target } = await makeGranted({ bytes: MIN_SEGMENT_BYTES });
    await claimRawRead(target);
    const reader = (await openRawRead(target)).body.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    expect((await eventsOf(made.id)).at(-1)).toMatchObject({ type: 'raw_access.read_ended', how: 'reader_left', bytes: value?.length });
    await expect(openRawRead(target)).rejects.toMatchObject(refusedWith('raw_read_once'));
  });

  it('stops where the grant is revoked, the file is ordered to be erased, or its reader is shut out, before its bytes went out', async () => {
    for (const stop of ['revoke', 'erase', 'time', 'disable'] as const) {
      const { made, target, admin, asker, grantId, fileId } = await makeGranted({ bytes: 1000 });
      await claimRawRead(target);
      const read = await openRawRead({ ...target, clock: () => (stop === 'time' ? at(60) : at(1)) });
      if (stop === 'revoke') await revokeRawAccess({ actor: admin.actor, now: at(1), grantId });
      if (stop === 'disable') await getDb().user.update({ where: { id: asker.id }, data: { disabledAt: now } });
      if (stop === 'erase') await getDb().diagnosticFile.update({ where: { id: fileId }, data: { erasureOrderedAt: now } });
      await expect(readAll(read)).rejects.toThrow();
      expect((await eventsOf(made.id)).at(-1), stop).toMatchObject({ type: 'raw_access.read_ended', how: 'grant_ended', bytes: 0 });
    }
  });

  it('says so where a stored object is gone', async () => {
    const { made, target } = await makeGranted();
    await getDb().segment.create({ data: { fileId: target.fileId, index: 1, objectKey: `${made.reference}/${target.fileId}/gone.gz`, state: 'stored', rawSizeBytes: 10n, rawSha256: 'a'.repeat(64), sizeBytes: 30n, sha256: 'b'.repeat(64), announcedAt: now } });
    await claimRawRead(target);
    await expect(readAll(await openRawRead(target))).rejects.toThrow();
    expect((await eventsOf(made.id)).at(-1)).toMatchObject({ type: 'raw_access.read_ended', how: 'broken', bytes: 0 });
  });

  it('belongs to who asked: everybody else is refused as if there were nothing, and is recorded', async () => {
    const { made, target, support, admin, second, customer } = await makeGranted();
    await claimRawRead(target);
    for (const { actor } of [support, admin, second, customer]) await expect(openRawRead({ ...target, actor })).rejects.toMatchObject(refusedWith('not_found'));
    expect((await eventsOf(made.id)).slice(-4)).toMatchObject(['role', 'role', 'not_the_asker', 'role'].map((because) => ({ type: 'raw_access.read_refused', because })));
    await expect(openRawRead({ ...target, grantId: made.id })).rejects.toMatchObject(refusedWith('not_found'));
    await expect(openRawRead({ ...target, fileId: '../x' })).rejects.toMatchObject(refusedWith('not_found'));
  });

  it('is refused once the file should be gone, also where the sweeper is late', async () => {
    const { target, fileId } = await makeGranted();
    await getDb().retentionClock.update({ where: { fileId }, data: { dueAt: at(1) } });
    await expect(claimRawRead(target)).rejects.toMatchObject(refusedWith('raw_access_wrong_state'));
  });

  it('is over with the hours, which a job records once', async () => {
    const { made, target } = await makeGranted();
    await expect(claimRawRead({ ...target, now: at(60) })).rejects.toMatchObject(refusedWith('raw_access_wrong_state'));
    await Promise.all([endAccess({ now: at(60) }), endAccess({ now: at(60) })]);
    expect((await typesOf(made.id)).filter((type) => type === 'raw_access.ended')).toEqual(['raw_access.ended']);
  });
});
