import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeFileRequest, makeReadyCase, makeStaff } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { writeHprof } from '@/tests/fixtures/write-hprof';
import { chooseFiles, chosenRow, confirmUnrequested, fileOf, openSending, pressSend, send, sendingRow, textFile } from '../support/send-page';
import { catObjects, listObjectKeys, zcatObjects } from '../support/stored-objects';
import { expect, test } from '../support/test';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test.describe('what is chosen', () => {
  test('is looked at, can be corrected, and goes as several files and folders at once', async ({ page, customer, folder }) => {
    const heap = path.join(folder, 'heap-of-the-night.bin');
    await writeHprof(heap, { sizeBytes: 128 * 1024 });
    const logs = path.join(folder, 'logs');
    await mkdir(path.join(logs, 'old'), { recursive: true });
    await writeFile(path.join(logs, 'catalina.out'), '27-Nov-2026 02:14:03.512 INFO [main] Server startup in [4711] milliseconds\n'.repeat(500));
    await writeFile(path.join(logs, 'old', 'dmesg'), '[    0.000000] Linux version 6.1.0\n'.repeat(50));
    const dump = path.join(folder, 'orders.txt');
    await writeFile(dump, '--\n-- PostgreSQL database dump\n--\nSET statement_timeout = 0;\n');

    const made = await openSending(page, customer);
    await chooseFiles(page, [heap, dump]);
    await page.getByLabel('Folder to send').setInputFiles(logs);
    const kinds = { 'heap-of-the-night.bin': 'heap_dump', 'orders.txt': 'database_backup', 'catalina.out': 'component_log', dmesg: 'os_log' };
    for (const [name, kind] of Object.entries(kinds)) await expect(page.getByRole('combobox', { name: `Kind of ${name}` })).toHaveValue(kind);
    await page.getByRole('combobox', { name: 'Kind of dmesg' }).selectOption({ label: 'Component log' });
    await chooseFiles(page, dump);
    await expect(page.getByText('orders.txt is in the list already.')).toBeVisible();
    await page.getByRole('button', { name: 'Take out orders.txt' }).click();
    await confirmUnrequested(page);
    await pressSend(page);
    for (const name of ['heap-of-the-night.bin', 'catalina.out', 'dmesg']) await expect(sendingRow(page, name)).toContainText('Verified');
    const files = await getDb().diagnosticFile.findMany({ where: { caseId: made.id }, select: { name: true, kind: true }, orderBy: { name: 'asc' } });
    expect(files).toEqual([{ name: 'catalina.out', kind: 'component_log' }, { name: 'dmesg', kind: 'component_log' }, { name: 'heap-of-the-night.bin', kind: 'heap_dump' }]);
  });

  test('is questioned where nobody asked for it, and not where support did', async ({ page, customer }) => {
    const { case: made } = await makeReadyCase({ openedBy: customer });
    await makeFileRequest({ caseId: made.id, by: await makeStaff('support'), kind: 'component_log', purpose: 'To see what came before the error.' });
    await page.goto(`/cases/${made.reference}/files/new`);
    await chooseFiles(page, [textFile('catalina.out', 'a line\n'), textFile('syslog', 'a line\n')]);
    await expect(chosenRow(page, 'catalina.out')).toContainText('To see what came before the error.');
    const question = page.getByRole('checkbox', { name: 'Nobody asked for an operating system log in this case. It is needed to find the cause, so send it.' });
    await pressSend(page);
    await expect(question).toBeFocused();
    await expect(page.getByText('Tick the box, or take out the files that nobody asked for.')).toBeVisible();
    expect(await getDb().diagnosticFile.count({ where: { caseId: made.id } })).toBe(0);
    await page.getByRole('button', { name: 'Take out syslog' }).click();
    await expect(question).toBeHidden();
    await pressSend(page);
    await expect(sendingRow(page, 'catalina.out')).toContainText('Verified');
    await page.goto(`/cases/${made.reference}`);
    await expect(page.getByRole('region', { name: 'Support asks for', exact: true })).toContainText('Answered');
  });

  test('and gzipped already is sent as it is', async ({ page, customer, folder }) => {
    const raw = Buffer.from('a line of a log\n'.repeat(50_000));
    const packed = path.join(folder, 'server.log.gz');
    await writeFile(packed, gzipSync(raw, { level: 9 }));
    const made = await openSending(page, customer);
    await send(page, packed);
    await expect(sendingRow(page, 'server.log.gz')).toContainText('Verified');
    const file = await fileOf(made.id);
    const keys = await listObjectKeys(made.reference, file.id);
    const bytes = await readFile(packed);
    expect(file.encoding).toBe('gzip');
    expect(await catObjects(keys)).toEqual({ sha256: sha256(bytes), sizeBytes: bytes.length });
    expect(await zcatObjects(keys)).toEqual({ sha256: sha256(raw), sizeBytes: raw.length });
    expect(JSON.parse(file.receipt?.payload ?? '{}')).toMatchObject({ encoding: 'gzip', rawSha256: sha256(bytes) });
  });

  test('and empty arrives empty', async ({ page, customer }) => {
    const made = await openSending(page, customer);
    await chooseFiles(page, textFile('empty.log', ''));
    await expect(chosenRow(page, 'empty.log')).toContainText('0 bytes');
    await confirmUnrequested(page);
    await pressSend(page);
    await expect(sendingRow(page, 'empty.log')).toContainText('Verified');
    const file = await fileOf(made.id);
    expect(await zcatObjects(await listObjectKeys(made.reference, file.id))).toEqual({ sha256: sha256(Buffer.alloc(0)), sizeBytes: 0 });
  });

  test('keeps its name, whatever script and pictures it is written in, and as long as a disk allows', async ({ page, customer }) => {
    const names = ['heap 🔥 日本語.log', 'سجل-الخادم.log', `${'n'.repeat(251)}.log`];
    const made = await openSending(page, customer);
    await send(page, [...names.map((name) => textFile(name, `${name}\n`)), textFile('photo\u202Egpj.log', 'turned round\n')]);
    for (const name of names) await expect(sendingRow(page, name)).toContainText('Verified');
    await page.goto(`/cases/${made.reference}`);
    // The mark that turns the direction of writing is gone from the fourth name.
    for (const name of [...names, 'photogpj.log']) await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
    for (const key of await listObjectKeys(made.reference, (await fileOf(made.id)).id)) expect(key).toMatch(/^[A-Z0-9-]+\/[0-9a-f-]+\/[A-Za-z0-9._-]+$/);
  });
});
