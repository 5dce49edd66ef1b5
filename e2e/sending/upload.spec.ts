import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Page } from '@playwright/test';
import { type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { sampleContent } from '@/tests/fixtures/send-file';
import { fileOf, isSameDocument, markDocument, openSending, send, sendingRow, textFile } from '../support/send-page';
import { StorageGate } from '../support/storage-gate';
import { listObjectKeys } from '../support/stored-objects';
import { expect, signIn, test } from '../support/test';

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

/** Begins a file of three segments, of which the third does not get through. Two are in storage; the page tells the portal of them a moment later. */
async function stopBeforeTheLast(page: Page, customer: SeedUser): Promise<{ gate: StorageGate; made: { id: string; reference: string } }> {
  const gate = await StorageGate.before(page.context());
  const made = await openSending(page, customer);
  gate.hold(/\.0003$/);
  await send(page, big);
  await expect.poll(() => gate.holding).toBe(1);
  await expect.poll(() => listObjectKeys(made.reference)).toHaveLength(2);
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

  test('of several files is paused, resumed and cancelled for all at once', async ({ page, customer }) => {
    const gate = await StorageGate.before(page.context());
    const made = await openSending(page, customer);
    gate.hold(/\.log\.gz$/);
    await send(page, [textFile('one.log', 'first'), textFile('two.log', 'second')]);
    await expect.poll(() => gate.holding).toBe(2);
    const rows = [sendingRow(page, 'one.log'), sendingRow(page, 'two.log')];
    await page.getByRole('button', { name: 'Pause all' }).click();
    for (const row of rows) await expect(row).toContainText('Paused');
    await page.getByRole('button', { name: 'Resume all' }).click();
    for (const row of rows) await expect(row).not.toContainText('Paused');
    await page.getByRole('button', { name: 'Cancel all' }).click();
    await page.getByRole('dialog', { name: 'Cancel sending all files?' }).getByRole('button', { name: 'Cancel all' }).click();
    for (const row of rows) await expect(row).toContainText('Cancelled.');
    await gate.release();
    const states = () => getDb().diagnosticFile.findMany({ where: { caseId: made.id }, select: { state: true } });
    await expect.poll(states).toEqual([{ state: 'abandoned' }, { state: 'abandoned' }]);
    await expect.poll(() => listObjectKeys(made.reference), { timeout: 30_000 }).toEqual([]);
  });

  test('can be cancelled, and what was stored is gone', async ({ page, customer }) => {
    const { made } = await stopBeforeTheLast(page, customer);
    const { id } = await fileOf(made.id);
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
    await markDocument(page);
    await context.setOffline(true);
    await gate.release();
    await expect(sendingRow(page, BIG_NAME)).toContainText('Offline: goes on by itself');
    await context.setOffline(false);
    await expect(sendingRow(page, BIG_NAME)).toContainText('Verified', { timeout: 60_000 });
    expect(await isSameDocument(page), 'the page was loaded anew').toBe(true);
  });

  test('is not ended by live updates whose answers are lost on the way, here or on another page of the portal', async ({ page, customer }) => {
    const lost = { data: 0, page: 0 };
    await page.route(/\/api\/cases\/[^/]+\/sending$/, async (route) => {
      if (lost.data >= 2) return route.fallback();
      lost.data += 1;
      await route.abort('internetdisconnected');
    });
    const { gate, made } = await stopBeforeTheLast(page, customer);
    await markDocument(page);
    await expect.poll(() => lost.data).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Back to the case' }).click();
    await expect(page.getByRole('region', { name: 'Files', exact: true })).toBeVisible();
    await page.route(/\/cases\/[^/]+(\?|$)/, async (route) => {
      const request = route.request();
      if (lost.page >= 1 || request.method() !== 'GET' || request.headers().rsc === undefined || request.headers()['next-router-prefetch']) return route.fallback();
      lost.page += 1;
      await route.abort('internetdisconnected');
    });
    await gate.release();
    await expect.poll(async () => (await fileOf(made.id)).state).toBe('verified');
    await expect.poll(() => lost.page).toBe(1);
    await expect(page.getByRole('region', { name: 'Files', exact: true })).toContainText('Verified');
    expect(await isSameDocument(page), 'the page was loaded anew').toBe(true);
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
