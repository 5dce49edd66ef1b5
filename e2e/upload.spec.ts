import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Page } from '@playwright/test';
import { makeFileRequest, makeReadyCase, makeStaff, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { sampleContent } from '../tests/fixtures/send-file';
import { writeHprof } from '../tests/fixtures/write-hprof';
import { type Chosen, chooseFiles, chosenRow, confirmUnrequested, pressSend, sendingRow, textFile } from './support/send-page';
import { StorageGate } from './support/storage-gate';
import { catObjects, listObjectKeys, zcatObjects } from './support/stored-objects';
import { expect, signIn, test } from './support/test';

const MIB = 1024 * 1024;
const BIG_NAME = 'java_pid4711.hprof';
/** A file of three segments of 8 MiB, the last one shorter, and another one of the same name and size. */
let big: string;
let changed: string;
test.beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'airlock-e2e-big-'));
  big = path.join(folder, BIG_NAME);
  changed = path.join(folder, 'changed', BIG_NAME);
  await mkdir(path.dirname(changed));
  await writeFile(big, sampleContent(17 * MIB));
  await writeFile(changed, sampleContent(17 * MIB, 2));
});
test.afterAll(() => rm(path.dirname(big), { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function openSending(page: Page, customer: SeedUser, options: Parameters<typeof makeReadyCase>[0] = {}): Promise<{ id: string; reference: string }> {
  const { case: made } = await makeReadyCase({ ...options, openedBy: customer });
  await page.goto(`/cases/${made.reference}/files/new`);
  return made;
}

async function send(page: Page, files: Chosen | Chosen[]): Promise<void> {
  await chooseFiles(page, files);
  await confirmUnrequested(page);
  await pressSend(page);
}

async function fileOf(caseId: string) {
  return getDb().diagnosticFile.findFirstOrThrow({ where: { caseId }, include: { receipt: true } });
}
const storedSegments = (caseId: string) => getDb().segment.count({ where: { file: { caseId }, state: 'stored' } });

/** Begins a file of three segments, of which the third does not get through. */
async function stopBeforeTheLast(page: Page, customer: SeedUser): Promise<{ gate: StorageGate; made: { id: string; reference: string } }> {
  const gate = await StorageGate.before(page.context());
  const made = await openSending(page, customer);
  gate.hold(/\.0003$/);
  await send(page, big);
  await expect.poll(() => storedSegments(made.id)).toBe(2);
  return { gate, made };
}

/** Reloads; the browser asks first, because something is being sent. */
async function reloadWhileSending(page: Page): Promise<void> {
  const asked = page.waitForEvent('dialog').then(async (dialog) => {
    await dialog.accept();
    return dialog.type();
  });
  await page.reload();
  expect(await asked).toBe('beforeunload');
}

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

test.describe('sending', () => {
  test('can be paused and resumed, and what is stored is not sent again', async ({ page, customer }) => {
    const { gate } = await stopBeforeTheLast(page, customer);
    await page.getByRole('button', { name: `Pause ${BIG_NAME}` }).click();
    await expect(sendingRow(page, BIG_NAME)).toContainText('Paused');
    await gate.release();
    gate.sent.length = 0;
    await page.getByRole('button', { name: `Resume ${BIG_NAME}` }).click();
    await expect(sendingRow(page, BIG_NAME)).toContainText('Verified');
    expect(gate.sent.map((key) => key.slice(-5))).toEqual(['.0003']);
  });

  test('can be cancelled, and what was stored is gone', async ({ page, customer }) => {
    const { made } = await stopBeforeTheLast(page, customer);
    const { id } = await fileOf(made.id);
    expect(await listObjectKeys(made.reference, id)).toHaveLength(2);
    await page.getByRole('button', { name: `Cancel ${BIG_NAME}` }).click();
    const question = page.getByRole('dialog', { name: 'Cancel sending this file?' });
    await question.getByRole('button', { name: 'Go on sending' }).click();
    await expect(question).toBeHidden();
    await page.getByRole('button', { name: `Cancel ${BIG_NAME}` }).click();
    await question.getByRole('button', { name: 'Cancel sending' }).click();
    await expect(sendingRow(page, BIG_NAME)).toContainText('Cancelled.');
    await expect.poll(async () => (await fileOf(made.id)).state).toBe('abandoned');
    await expect.poll(() => listObjectKeys(made.reference, id), { timeout: 30_000 }).toEqual([]);
    await page.getByRole('button', { name: `Take ${BIG_NAME} from this list` }).click();
    await expect(page.getByRole('region', { name: 'Sending' })).toBeHidden();
  });

  test('warns before the page is left, and goes on after a reload with the same file chosen again', async ({ page, customer }) => {
    const { gate } = await stopBeforeTheLast(page, customer);
    await reloadWhileSending(page);
    await expect(sendingRow(page, BIG_NAME)).toContainText('Choose the same file again to go on');
    await gate.release();
    gate.sent.length = 0;
    await page.getByLabel(`${BIG_NAME}, again`).setInputFiles(big);
    await expect(sendingRow(page, BIG_NAME)).toContainText('Verified');
    expect(gate.sent.map((key) => key.slice(-5)), 'only what is missing is sent').toEqual(['.0003']);
  });

  test('notices that the file has changed since, and starts over', async ({ page, customer }) => {
    const { gate, made } = await stopBeforeTheLast(page, customer);
    await reloadWhileSending(page);
    await gate.release();
    await page.getByLabel(`${BIG_NAME}, again`).setInputFiles(changed);
    const row = sendingRow(page, BIG_NAME);
    await expect(row).toContainText('The file has changed');
    await expect(row).toContainText('Nothing is lost: what was stored before stays until you start over');
    await page.getByRole('button', { name: `Start ${BIG_NAME} over` }).click();
    await expect(sendingRow(page, BIG_NAME)).toContainText('Verified');
    const states = await getDb().diagnosticFile.findMany({ where: { caseId: made.id }, select: { state: true }, orderBy: { reservedAt: 'asc' } });
    expect(states).toMatchObject([{ state: 'abandoned' }, { state: 'verified' }]);
  });

  test('goes on in another browser where the first one stopped', async ({ page, customer, openBrowser }) => {
    const { made } = await stopBeforeTheLast(page, customer);
    await page.getByRole('button', { name: `Pause ${BIG_NAME}` }).click();
    const context = await openBrowser(customer);
    const gate = await StorageGate.before(context);
    const other = await context.newPage();
    await other.goto(`/cases/${made.reference}`);
    await other.getByRole('link', { name: 'Go on sending' }).first().click();
    await other.getByLabel(`${BIG_NAME}, again`).setInputFiles(big);
    await expect(sendingRow(other, BIG_NAME)).toContainText('Verified');
    expect(gate.sent.map((key) => key.slice(-5))).toEqual(['.0003']);
  });

  test('waits while the network is away, and goes on by itself', async ({ page, context, customer }) => {
    const { gate } = await stopBeforeTheLast(page, customer);
    await context.setOffline(true);
    await gate.release();
    await expect(sendingRow(page, BIG_NAME)).toContainText('Offline: goes on by itself');
    await context.setOffline(false);
    await expect(sendingRow(page, BIG_NAME)).toContainText('Verified', { timeout: 60_000 });
  });

  test('waits when the session ends in the middle, and goes on after signing in again', async ({ page, context, customer }) => {
    const { gate } = await stopBeforeTheLast(page, customer);
    await getDb().session.updateMany({ where: { userId: customer.id }, data: { revokedAt: new Date() } });
    await gate.release();
    const alert = page.getByRole('alert').filter({ hasText: 'You are signed out' });
    await expect(alert).toContainText('Sending waits, and nothing is lost.');
    await expect(alert.getByRole('link', { name: 'Sign in (opens a new tab)' })).toHaveAttribute('target', '_blank');
    await signIn(context, customer);
    await page.getByRole('button', { name: 'I have signed in again' }).click();
    await expect(sendingRow(page, BIG_NAME)).toContainText('Stored');
    await expect(alert).toBeHidden();
    await expect(sendingRow(page, BIG_NAME)).toContainText('Verified');
  });

  test('is told to screen readers', async ({ page, customer }) => {
    await stopBeforeTheLast(page, customer);
    const said = page.getByRole('status').filter({ hasText: BIG_NAME });
    await expect(said).toHaveText(`${BIG_NAME}: 90 percent.`);
    await page.getByRole('button', { name: `Pause ${BIG_NAME}` }).click();
    await expect(said).toHaveText(`${BIG_NAME} is paused.`);
  });
});

test('everything can be done with the keyboard alone', async ({ page, customer }) => {
  const made = await openSending(page, customer);
  const tabTo = async (name: string | RegExp, role: 'button' | 'checkbox') => {
    const target = page.getByRole(role, { name });
    for (let presses = 0; presses < 60; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
  };
  await tabTo('Choose files', 'button');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(textFile('server.log', 'a line\n') as { name: string; mimeType: string; buffer: Buffer });
  await expect(chosenRow(page, 'server.log')).toBeVisible();
  await tabTo(/^Nobody asked for/, 'checkbox');
  await page.keyboard.press('Space');
  await tabTo(/^Send this file/, 'button');
  await page.keyboard.press('Enter');
  await expect(sendingRow(page, 'server.log')).toContainText('Verified');
  expect((await fileOf(made.id)).state).toBe('verified');
});
