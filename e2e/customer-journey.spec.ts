import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type BrowserContext, type Page } from '@playwright/test';
import { makeReadyCase, makeStaff } from '@/prisma/seed/library';
import { dumpRealHeap } from '../tests/fixtures/dump-real-heap';
import { writeHprof } from '../tests/fixtures/write-hprof';
import { signInByLink } from './support/mail';
import { chooseFiles, confirmUnrequested, isSameDocument, markDocument, pressSend, sendingRow } from './support/send-page';
import { type Content, digestFile, listObjectKeys, zcatObjects } from './support/stored-objects';
import { expect, signIn, test } from './support/test';

const run = promisify(execFile);
const MIB = 1024 * 1024;
const UPLOAD = { timeout: 240_000 };

test.describe.configure({ timeout: 300_000 });

/** The reference and the file id of a receipt's address. */
function idsOf(receiptAddress: string): { reference: string; fileId: string } {
  const [, reference = '', fileId = ''] = /\/cases\/([^/]+)\/files\/([^/]+)\/receipt$/.exec(receiptAddress) ?? [];
  return { reference, fileId };
}

async function openCase(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Open a case' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('OutOfMemoryError every second night');
  await page.getByRole('textbox', { name: 'Product' }).fill('Example Server');
  await page.getByRole('textbox', { name: 'Version' }).fill('8.3.1');
  await page.getByRole('radio', { name: 'Production', exact: true }).check();
  await page.getByRole('group', { name: 'How severe is it?' }).getByRole('radio').first().check();
  await page.getByRole('textbox', { name: 'What happened?' }).fill('The service stops with java.lang.OutOfMemoryError: Java heap space.');
  await page.getByRole('button', { name: 'Open the case' }).click();
  const said = page.getByText(/^The case is open\. Its reference is /);
  await expect(said).toBeVisible();
  return /AL-[0-9A-Z-]+/.exec((await said.textContent()) ?? '')?.[0]?.replace(/\.$/, '') ?? '';
}

async function acceptPolicy(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Read and accept the policy' }).click();
  await page.getByRole('checkbox', { name: /I have read version .* of the policy/ }).check();
  await page.getByRole('button', { name: 'Accept the policy' }).click();
}

/** Downloads the NDA as PDF and goes on without it. */
async function goOnWithoutNda(page: Page): Promise<Buffer> {
  await page.getByRole('link', { name: 'Decide about the NDA' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as PDF' }).click();
  const pdf = await readDownload(await download);
  await page.getByRole('radio', { name: 'Go on without an NDA' }).check();
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  return pdf;
}

async function readDownload(download: { createReadStream(): Promise<AsyncIterable<Buffer>> }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Downloads from the receipt's page and checks offline with the commands that the page shows. */
async function checkReceipt(page: Page, folder: string, file: string): Promise<Record<string, unknown>> {
  for (const name of ['receipt.json', 'receipt.sig', 'receipt-key.pem']) {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name, exact: true }).click();
    await (await download).saveAs(path.join(folder, name));
  }
  const inFolder = { cwd: folder };
  const { stdout } = await run('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', 'receipt-key.pem', '-rawin', '-in', 'receipt.json', '-sigfile', 'receipt.sig'], inFolder);
  expect(stdout).toContain('Signature Verified Successfully');
  const shown = await page.getByText(/sha256sum -c -$/).first().textContent();
  expect((await run('sh', ['-c', shown ?? 'false'], inFolder)).stdout).toContain(`${file}: OK`);
  const { stdout: json } = await run('cat', ['receipt.json'], inFolder);
  return JSON.parse(json) as Record<string, unknown>;
}

/** Waits for the verdict, opens the receipt, and holds storage and receipt to the file that was sent. */
async function expectDelivered(page: Page, name: string, folder: string, sent: Content): Promise<void> {
  const row = sendingRow(page, name);
  await expect(row).toContainText('Verified', UPLOAD);
  expect(await isSameDocument(page), 'the page was loaded anew').toBe(true);
  await row.getByRole('link', { name: 'Receipt' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Receipt' })).toBeVisible();
  await page.waitForURL(/\/receipt$/);
  const { reference, fileId } = idsOf(page.url());
  const receipt = await checkReceipt(page, folder, name);
  const keys = await listObjectKeys(reference, fileId);
  expect(receipt).toMatchObject({ caseReference: reference, fileId, rawSha256: sent.sha256, rawSizeBytes: sent.sizeBytes });
  expect(receipt.segments).toHaveLength(keys.length);
  expect(await zcatObjects(keys)).toEqual(sent);
}

/** Marked, so that it can be told whether it was loaded anew. */
async function openMarked(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await markDocument(page);
  return page;
}

test('a newcomer opens a case and hands over a heap dump, and support sees it arrive', async ({ page, openBrowser, folder }) => {
  const name = 'java_pid4711.hprof';
  const file = path.join(folder, name);
  const sizeBytes = 210 * MIB + 4711;
  const { sha256 } = await writeHprof(file, { sizeBytes });
  expect((await stat(file)).size).toBe(sizeBytes);

  await page.goto('/sign-in');
  await signInByLink(page, `newcomer-${Date.now()}@example.test`);
  await page.getByRole('textbox', { name: 'Name of your organization' }).fill('Example Newcomers');
  await page.getByRole('button', { name: 'Go on' }).click();
  const reference = await openCase(page);
  await acceptPolicy(page);
  expect((await goOnWithoutNda(page)).subarray(0, 5).toString()).toBe('%PDF-');

  const desk = await openMarked(await openBrowser(await makeStaff('support')), `/desk/files?q=${reference}`);
  const arriving = desk.getByRole('row').filter({ hasText: name });
  await expect(desk.getByText('No file fits')).toBeVisible();

  await page.getByRole('link', { name: 'Send files' }).first().click();
  await chooseFiles(page, file);
  await expect(page.getByText('It begins as a Java heap dump does.')).toBeVisible();
  await confirmUnrequested(page);
  await markDocument(page);
  await pressSend(page);
  await expect(sendingRow(page, name)).toContainText(/(Compressing|Sending), [1-9]\d? %/, UPLOAD);
  await expect(sendingRow(page, name).getByRole('progressbar', { name: `Progress of ${name}` })).toBeVisible();
  await expect(arriving).toContainText('Uploading', UPLOAD);
  await expect(sendingRow(page, name)).toContainText('Stored', UPLOAD);
  await expectDelivered(page, name, folder, { sha256, sizeBytes });

  await expect(arriving).toContainText('Verified');
  expect(await isSameDocument(desk), 'the desk was loaded anew').toBe(true);
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: reference }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Verified');
  await expect(page.getByText('Support has what you sent')).toBeVisible();
});

test('a heap dump of a running Java program arrives whole', async ({ page, context, folder }) => {
  const file = await dumpRealHeap(folder, 20_000);
  test.skip(file === null, 'This machine has no JDK.');
  if (file === null) return;
  const { customer, case: made } = await makeReadyCase();
  await signIn(context, customer);
  await page.goto(`/cases/${made.reference}/files/new`);
  await chooseFiles(page, file);
  await expect(page.getByText('It begins as a Java heap dump does.')).toBeVisible();
  await confirmUnrequested(page);
  await markDocument(page);
  await pressSend(page);
  await expectDelivered(page, path.basename(file), folder, await digestFile(file));
});
