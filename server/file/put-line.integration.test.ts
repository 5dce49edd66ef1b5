import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_OBJECT_BYTES } from '@/domain/limits';
import { shellWord } from '@/domain/put-line';
import { makeCase, makeCustomer, makeFileRequest, makeReadyCase, makeStaff, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { sampleContent, sha256 } from '@/tests/fixtures/send-file';
import { describeUploadKey } from '../upload-key/describe-upload-key';
import { makeUploadKey } from '../upload-key/make-upload-key';
import { closeDb, getDb } from '../db';
import { closeS3 } from '../storage/s3-client';
import { finishPutLine } from './finish-put-line';
import { getFile } from './get-file';
import { issuePutLine, renewPutLine } from './issue-put-line';
import { verifyFile } from './verify-file';

const HOSTILE = ["it's $(touch pwned) `touch pwned`.gz", '-', '--config', '[1-3]{a,b}.gz', '"; touch pwned; #.gz', 'späte 日志 🔥.gz', '$HOME ~ * ? & | > < \\ !!.gz'];
const content = gzipSync(sampleContent(60_000));
let customer: SeedUser;
let row: SeedCase;
let folder: string;

beforeAll(async () => {
  ({ customer, case: row } = await makeReadyCase());
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'airlock put line-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
afterAll(async () => {
  closeS3();
  await closeDb();
});

const described = (name: string, change: object = {}) => ({ actor: customer.actor, now: new Date(), reference: row.reference, name, kind: 'heap_dump' as const, sizeBytes: content.length, sha256: sha256(content), isFineUnasked: true, ...change });
const finish = (fileId: string) => finishPutLine({ actor: customer.actor, now: new Date(), fileId });

/** Runs a command as a person does who pastes it. */
async function sh(command: string): Promise<{ code: number | null; out: string }> {
  const child = spawn('sh', ['-c', command], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, HOME: folder } });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out };
}

describe('the curl line', () => {
  it.each(HOSTILE)('sends a file named %s and does nothing else, and the file goes the way of every file', async (name) => {
    await writeFile(path.join(folder, name), content);
    const { fileId, line } = await issuePutLine(described(name));
    expect(line).not.toContain('\n');
    expect(await sh(line)).toMatchObject({ code: 0, out: '' });
    expect(await readdir(folder)).toEqual([name]);
    await finish(fileId);
    await verifyFile({ fileId });
    expect(await getFile({ actor: customer.actor, fileId })).toMatchObject({ name, state: 'verified', encoding: 'gzip', segmentCount: 1, sha256: sha256(content), sizeBytes: content.length });
    expect(await finish(fileId)).toEqual({ reference: row.reference });
  });

  it('quotes whatever there is as one word of the shell', async () => {
    for (const text of [...HOSTILE, 'two\nlines', "'", '', '\t']) expect((await sh(`printf %s ${shellWord(text)}`)).out).toBe(text);
  });

  it('takes no other content, none of another size, and nothing twice', async () => {
    const { fileId, line } = await issuePutLine(described('exact.gz'));
    await writeFile(path.join(folder, 'exact.gz'), Buffer.from(content.toReversed()));
    // Which error curl names depends on whether it had begun to send when it was refused.
    expect((await sh(line)).code).not.toBe(0);
    await writeFile(path.join(folder, 'exact.gz'), content.subarray(1));
    expect((await sh(line)).code).not.toBe(0);
    await expect(finish(fileId)).rejects.toMatchObject({ code: 'segments_missing' });
    await writeFile(path.join(folder, 'exact.gz'), content);
    expect((await sh(line)).code).toBe(0);
    expect((await sh(line)).code).not.toBe(0);
    await finish(fileId);
  });

  it('is issued again for the same file, which stays one', async () => {
    const first = await issuePutLine(described('again.gz'));
    expect((await issuePutLine(described('again.gz'))).fileId).toBe(first.fileId);
    const renewed = await renewPutLine({ actor: customer.actor, now: new Date(Date.now() + 60_000), fileId: first.fileId });
    expect(renewed.line).not.toBe(first.line);
    await writeFile(path.join(folder, 'again.gz'), content);
    expect((await sh(first.line)).code).toBe(0);
    await finish(first.fileId);
    await expect(renewPutLine({ actor: customer.actor, now: new Date(), fileId: first.fileId })).rejects.toMatchObject({ code: 'file_wrong_state' });
  });

  it('answers the request that waits for this kind, and asks where nobody does', async () => {
    const mine = (await makeReadyCase({ openedBy: customer })).case;
    await expect(issuePutLine(described('x.gz', { reference: mine.reference, isFineUnasked: false }))).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path: 'unasked' }] });
    const { id } = await makeFileRequest({ caseId: mine.id, by: await makeStaff('support') });
    const { fileId } = await issuePutLine(described('x.gz', { reference: mine.reference, isFineUnasked: false }));
    expect(await getDb().diagnosticFile.findUnique({ where: { id: fileId } })).toMatchObject({ requestId: id, isSingleObject: true });
  });

  it('keeps the gate: policy, case, organization', async () => {
    const closed = (await makeReadyCase({ openedBy: customer, status: 'closed' })).case;
    const opened = await makeCase({ openedBy: customer });
    await expect(issuePutLine(described('x.gz', { reference: closed.reference }))).rejects.toMatchObject({ code: 'case_closed' });
    await expect(issuePutLine(described('x.gz', { reference: opened.reference }))).rejects.toMatchObject({ code: 'policy_not_accepted' });
    const stranger = await makeCustomer();
    await expect(issuePutLine(described('x.gz', { actor: stranger.actor }))).rejects.toMatchObject({ code: 'not_found' });
    const { fileId } = await issuePutLine(described('mine.gz'));
    for (const other of [stranger, await makeStaff('support')]) {
      await expect(renewPutLine({ actor: other.actor, now: new Date(), fileId })).rejects.toMatchObject({ code: 'not_found' });
      await expect(finishPutLine({ actor: other.actor, now: new Date(), fileId })).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

it('is for one object of up to 5 GiB, which no machine with a key goes on with', async () => {
  const mine = (await makeReadyCase({ openedBy: customer })).case;
  const { fileId, line } = await issuePutLine(described('huge.gz', { reference: mine.reference, sizeBytes: MAX_OBJECT_BYTES }));
  expect(line).toContain(`${mine.reference}/${fileId}/huge.gz?`);
  expect(await getFile({ actor: customer.actor, fileId })).toMatchObject({ isSingleObject: true, rawSizeBytes: MAX_OBJECT_BYTES });
  const key = await makeUploadKey({ actor: customer.actor, now: new Date(), reference: mine.reference });
  const actor = { kind: 'upload_key', uploadKeyId: key.id, caseId: mine.id, organizationId: customer.organizationId ?? '' } as const;
  expect((await describeUploadKey({ actor })).files).toEqual([]);
});
