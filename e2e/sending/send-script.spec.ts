import { createHash, randomBytes } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { makeCase, makeCustomer, makeReadyCase } from '@/prisma/seed/library';
import { makeUploadKey } from '@/tests/fixtures/api-client';
import { getDb } from '@/server/db';
import { baseUrl } from '../support/environment';
import { SendingMachine, sentFiles, shellsHere } from '../support/send-script';
import { catObjects, digestFile, listObjectKeys, zcatObjects } from '../support/stored-objects';
import { expect, test } from '../support/test';

const MIB = 1024 * 1024;
/** Compresses to about half, and is never the same twice. */
const content = (bytes: number) => Buffer.from(randomBytes(Math.ceil(bytes / 2)).toString('hex').slice(0, bytes));

async function makeSender(change: { expiresAt?: Date; revokedAt?: Date } = {}) {
  const { case: made, customer } = await makeReadyCase();
  const { secret } = await makeUploadKey(made.id, customer.id, change);
  return { reference: made.reference, caseId: made.id, key: secret };
}

test('the portal serves the script with its own address and says its hash', async () => {
  for (const name of ['send.sh', 'send.ps1']) {
    const answer = await fetch(`${baseUrl}/${name}`);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('etag')).toBe(`"sha256-${createHash('sha256').update(text).digest('hex')}"`);
    expect(text).toContain(`'${new URL(baseUrl).origin}'`);
  }
});

for (const shell of shellsHere()) {
  test(`${shell.name} sends files of every sort, and shows the key to nobody`, async ({ folder }) => {
    const machine = await SendingMachine.in(folder);
    const { reference, key } = await makeSender();
    const several = await machine.write('o\'clock "dump" \u00fcn\u00ef $(id) .hprof', content(9 * MIB + 17));
    const packed = await machine.write('packed.log.gz', gzipSync(content(6 * MIB)));
    const empty = await machine.write('empty.log', '');
    const dashed = await machine.write('-n', 'a name that looks like an option\n');
    const run = await machine.run({ shell, key, args: ['--case', reference, '--segment-mib', '4', '--jobs', '2', '--wait', '--', several, packed, empty, '-n'] });
    expect(run.err).toContain('4 of 4 files sent.');
    expect(run.code).toBe(0);
    const sent = [...sentFiles(run.out).values()];
    expect(sent).toHaveLength(4);
    const rows = await getDb().diagnosticFile.findMany({ where: { id: { in: sent } }, select: { id: true, name: true, kind: true, encoding: true, state: true, segmentCount: true } });
    const { id: _first, ...dump } = rows.find(({ id }) => id === sent[0]) ?? { id: '' };
    expect(dump).toEqual({ name: 'o\'clock "dump" \u00fcn\u00ef $(id) .hprof', kind: 'heap_dump', encoding: 'raw', state: 'verified', segmentCount: 3 });
    for (const [at, file] of [several, packed, empty, dashed].entries()) {
      const keys = await listObjectKeys(reference, sent[at] ?? '');
      const stored = file === packed ? await catObjects(keys) : await zcatObjects(keys);
      expect(stored).toEqual(await digestFile(file));
      expect(rows.find(({ id }) => id === sent[at])?.state).toBe('verified');
    }
    expect(await machine.leftovers()).toEqual([]);
    for (const told of [run.out, run.err, await machine.record('arguments'), await machine.record('environment')]) {
      expect(told).not.toContain(key);
      expect(told).not.toContain('X-Amz-');
    }
  });
}

test('a run that was killed is gone on with, and only what is missing is sent', async ({ folder }) => {
  const machine = await SendingMachine.in(folder);
  const { reference, key } = await makeSender();
  const file = await machine.write('java_pid1.hprof', content(18 * MIB));
  const args = ['--case', reference, '--segment-mib', '4', '--jobs', '1', file];
  await machine.setFault('hold', 2);
  const first = machine.start({ key, args });
  await expect.poll(() => machine.isHeld()).toBe(true);
  const processes = await machine.processList();
  expect(processes).toContain('send.sh');
  expect(processes).not.toContain(key);
  expect(processes).not.toContain('X-Amz-');
  process.kill(first.pid, 'SIGKILL');
  await machine.letGo();
  await first.ended;
  // What it left running sees that it is gone, and takes the temporary folder along.
  await expect.poll(() => machine.leftovers()).toEqual([]);
  expect(await machine.countPuts()).toBe(3);

  const second = await machine.run({ key, args });
  expect(second.code).toBe(0);
  expect(await machine.countPuts()).toBe(5);
  const [fileId = ''] = sentFiles(second.out).values();
  expect(await zcatObjects(await listObjectKeys(reference, fileId))).toEqual(await digestFile(file));

  const third = await machine.run({ key, args });
  expect(third.out).toContain('was sent before');
  expect(third.code).toBe(0);
  expect(await machine.countPuts()).toBe(5);
});

test('a file that changed since it was begun is noticed, and is sent anew where that is asked for', async ({ folder }) => {
  const machine = await SendingMachine.in(folder);
  const { reference, key } = await makeSender();
  const file = await machine.write('rewritten.log', content(9 * MIB));
  const args = ['--segment-mib', '4', '--jobs', '1', file];
  await machine.setFault('hold', 1);
  const first = machine.start({ key, args });
  await expect.poll(() => machine.isHeld()).toBe(true);
  process.kill(first.pid, 'SIGTERM');
  expect((await first.ended).code).toBe(143);
  await machine.letGo();
  await machine.write('rewritten.log', content(9 * MIB));
  const second = await machine.run({ key, args });
  expect(second.err).toContain('it changed since');
  expect(second.code).toBe(3);
  const third = await machine.run({ key, args: ['--anew', ...args] });
  expect(third.code).toBe(0);
  const [fileId = ''] = sentFiles(third.out).values();
  expect(await zcatObjects(await listObjectKeys(reference, fileId))).toEqual(await digestFile(file));
});

test('an answer that was lost costs a look of the portal, and a storage that is busy another attempt', async ({ folder }) => {
  const machine = await SendingMachine.in(folder);
  const { reference, key } = await makeSender();
  const args = ['--case', reference, '--segment-mib', '4'];
  const lost = await machine.write('lost.log', content(6 * MIB));
  await machine.setFault('lose');
  expect((await machine.run({ key, args: [...args, lost] })).code).toBe(0);
  expect(await machine.countPuts()).toBe(2);
  const busy = await machine.write('busy.log', content(2 * MIB));
  await machine.setFault('busy');
  const run = await machine.run({ key, args: [...args, busy] });
  expect(run.code).toBe(0);
  expect(await machine.countPuts()).toBe(4);
  const [fileId = ''] = sentFiles(run.out).values();
  expect(await zcatObjects(await listObjectKeys(reference, fileId))).toEqual(await digestFile(busy));
});

test('a file that changes while it is read is noticed', async ({ folder }) => {
  const machine = await SendingMachine.in(folder);
  const { reference, key } = await makeSender();
  const file = await machine.write('growing.log', content(10 * MIB));
  await machine.setFault('hold', 1);
  const run = machine.start({ key, args: ['--case', reference, '--segment-mib', '4', '--jobs', '1', file] });
  await expect.poll(() => machine.isHeld()).toBe(true);
  await appendFile(file, 'one line more\n');
  await machine.letGo();
  const { code, err, out } = await run.ended;
  expect(err).toContain('growing.log: The file changed while it was sent');
  expect(code).toBe(3);
  expect(out).toBe('');
  expect(await machine.leftovers()).toEqual([]);
});

test('an interrupted run cleans up after itself', async ({ folder }) => {
  const machine = await SendingMachine.in(folder);
  const { reference, key } = await makeSender();
  const file = await machine.write('long.log', content(10 * MIB));
  await machine.setFault('hold', 1);
  const run = machine.start({ key, args: ['--case', reference, '--segment-mib', '4', '--jobs', '2', file] });
  await expect.poll(() => machine.isHeld()).toBe(true);
  process.kill(run.pid, 'SIGTERM');
  await expect.poll(() => machine.leftovers()).toEqual([]);
  await machine.letGo();
  expect((await run.ended).code).toBe(143);
});

test('what goes wrong is told by the exit status and by a sentence', async ({ folder }) => {
  const machine = await SendingMachine.in(folder);
  const { reference, key } = await makeSender();
  const file = await machine.write('a.log', 'a line\n');
  const ends = async (args: readonly string[], code: number, says: string, withKey: string | undefined = key) => {
    const run = await machine.run({ key: withKey, args });
    expect({ code: run.code, says: run.err }).toEqual({ code, says: expect.stringContaining(says) as unknown });
    if (withKey) expect(run.out + run.err).not.toContain(withKey);
  };
  const own = ['--case', reference];
  await ends(['--case', 'AL-0000-0000', file], 5, `The key is for the case ${reference}`);
  await ends([], 2, 'Name the files');
  await ends(['--nonsense', file], 2, 'no option');
  await ends(['--jobs', '9', file], 2, '--jobs takes a number');
  await ends([...own, file], 2, 'AIRLOCK_KEY', '');
  await ends([...own, file], 4, 'not an upload key', 'tiny');
  await ends([...own, file], 4, 'Upload key not accepted', 'unknown-unknown-unknown-unknown');
  const revoked = await makeSender({ revokedAt: new Date() });
  await ends(['--case', revoked.reference, file], 4, 'Upload key not accepted', revoked.key);
  const expired = await makeSender({ expiresAt: new Date(Date.now() - 1000) });
  await ends(['--case', expired.reference, file], 4, 'Upload key not accepted', expired.key);
  const customer = await makeCustomer();
  const unready = await makeCase({ openedBy: customer, ndaChoice: 'without' });
  const unreadyKey = await makeUploadKey(unready.id, customer.id);
  await ends(['--case', unready.reference, file], 5, 'Accept the diagnostic data policy', unreadyKey.secret);
  await ends([...own, '--portal', 'http://portal.example', file], 2, 'https:// only');
  await ends([...own, '--portal', 'http://127.0.0.1:9', '--attempts', '1', file], 6, 'does not answer');
  await ends([...own, machine.file('absent.log'), file], 3, 'absent.log is not there');
  await ends([...own, machine.file('.')], 3, 'is a folder');
  await ends([...own, '--name', 'two\nlines', file], 5, 'control characters');
  expect(await machine.leftovers()).toEqual([]);
});

test('help and a dry run send nothing, and half a script does nothing', async ({ folder }) => {
  const machine = await SendingMachine.in(folder);
  const { caseId } = await makeSender();
  const help = await machine.run({ args: ['--help'] });
  expect(help.code).toBe(0);
  expect(help.out).toContain('Exit status:');
  const file = await machine.write('heap.hprof', content(20 * MIB));
  const dry = await machine.run({ args: ['--dry-run', file] });
  expect(dry.code).toBe(0);
  expect(dry.out).toMatch(/^heap\.hprof: 20\.9 MB, heap_dump, encoding raw, 3 segments of 8 MiB, \d at once, \d+ MiB of temporary space at most\n$/);
  const whole = await readFile(machine.script, 'utf8');
  const half = `${folder}/half.sh`;
  for (const part of [0.3, 0.6, 0.999]) {
    await writeFile(half, whole.slice(0, Math.floor((whole.length - 1) * part)));
    expect((await machine.run({ key: 'a-key-that-is-not-used-at-all', args: [file], script: half })).out).toBe('');
  }
  expect(await machine.record('arguments')).toBe('');
  expect(await getDb().diagnosticFile.count({ where: { caseId } })).toBe(0);
});
