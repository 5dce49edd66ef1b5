import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BrowserContext, type Page } from '@playwright/test';
import { erasureCertificatePayload } from '@/domain/erasure';
import { RECEIPT_KEY_PATH } from '@/domain/receipt';
import { makeReadyCase } from '@/prisma/seed/library';
import { countInStorage } from '../tests/fixtures/in-storage';
import { openssl } from '../tests/fixtures/openssl';
import { sampleContent, sendFile } from '../tests/fixtures/send-file';
import { expect, test } from './support/test';

/** Types the reference, wrong at first, and waits for the certificate; with or without script. */
async function confirm(page: Page, reference: string, button: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'What stays' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Type the reference of the case' }).fill('AL-0000-0000');
  await page.getByRole('button', { name: button }).click();
  await expect(page.getByText(`Type the reference of this case: ${reference}`).first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Type the reference of the case' }).fill(reference.toLowerCase());
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL(/\/erasures\/[0-9a-f-]{36}$/);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: 'Certificate of erasure' })).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 60_000 });
}

/** Fetches what the page offers, and has openssl say that it is genuine. */
async function checkOffline(context: BrowserContext, address: string, folder: string): Promise<ReturnType<typeof erasureCertificatePayload.parse>> {
  for (const [from, file] of [[`${address}/certificate.json`, 'certificate.json'], [`${address}/certificate.sig`, 'certificate.sig'], [RECEIPT_KEY_PATH, 'receipt-key.pem']] as const) {
    const answer = await context.request.get(from);
    expect([file, answer.status()]).toEqual([file, 200]);
    await writeFile(path.join(folder, file), await answer.body());
  }
  expect(openssl(['pkeyutl', '-verify', '-pubin', '-inkey', 'receipt-key.pem', '-rawin', '-in', 'certificate.json', '-sigfile', 'certificate.sig'], folder).toString()).toContain('Signature Verified Successfully');
  const pdf = await context.request.get(`${address}/certificate.pdf`);
  expect([pdf.headers()['content-type'], (await pdf.body()).subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
  return erasureCertificatePayload.parse(await (await context.request.get(`${address}/certificate.json`)).json());
}

test('a file, and then everything of its case, is erased on order, and the certificates hold without the portal', async ({ page, customer, openBrowser, folder }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer, title: 'Leak in the Acme module' });
  const sender = { actor: customer.actor, reference: made.reference };
  const [fileId, other] = [await sendFile(sampleContent(200_000), { ...sender, name: 'acme.hprof' }), await sendFile(sampleContent(3000, 2), { ...sender, name: 'acme-second.hprof' })];

  await page.goto(`/cases/${made.reference}/files/${fileId}`);
  await page.getByRole('link', { name: 'Stop and erase…' }).click();
  await confirm(page, made.reference, 'Stop and erase this file');
  expect([await countInStorage(`${made.reference}/${fileId}/`), await countInStorage(`${made.reference}/${other}/`)]).toEqual([0, 1]);
  const ofFile = await checkOffline(page.context(), new URL(page.url()).pathname, folder);
  expect(ofFile).toMatchObject({ scope: 'file', files: [{ fileId, rawSizeBytes: 200_000, found: { versions: 1 } }] });
  await page.goto(`/cases/${made.reference}`);
  await expect(page.getByRole('table', { name: 'Files of this case' }).getByRole('row', { name: /Heap dump, erased/ })).toContainText('Erased');

  // The right does not hang on script.
  const plain = await openBrowser(customer, { javaScriptEnabled: false });
  const bare = await plain.newPage();
  await bare.goto(`/cases/${made.reference}`);
  await bare.getByRole('link', { name: 'Stop and erase everything…' }).click();
  await confirm(bare, made.reference, 'Stop and erase everything');
  expect(await countInStorage(`${made.reference}/`)).toBe(0);
  const ofCase = await checkOffline(plain, new URL(bare.url()).pathname, folder);
  expect(ofCase).toMatchObject({ scope: 'case', files: [{ fileId: other }] });

  await page.goto(`/cases/${made.reference}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Erased case' })).toBeVisible();
  expect(await page.content()).not.toMatch(/acme/i);
});
