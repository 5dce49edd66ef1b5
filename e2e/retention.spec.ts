import { type Page } from '@playwright/test';
import { makeFile, makeReadyCase } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { DAY_MS } from '../domain/durations';
import { followMail } from './support/mail';
import { expect, test } from './support/test';

const reason = 'The vendor of the driver answers on Monday.';

/** Answers once the page listens, so that what is pressed is heard. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
}
const dueAt = async (fileId: string) => (await getDb().retentionClock.findUniqueOrThrow({ where: { fileId } })).dueAt.getTime();

test('support keeps a file longer, the customer is told by mail and in the portal, and objects', async ({ page, support: _, openBrowser }) => {
  const { customer, case: made } = await makeReadyCase();
  const { id: fileId } = await makeFile({ caseId: made.id, by: customer, state: 'verified' });
  const before = await dueAt(fileId);
  await open(page, `/desk/cases/${made.reference}#file-${fileId}`);
  await page.getByRole('button', { name: 'Keep it longer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keep this file longer?' });
  await dialog.getByRole('button', { name: 'Propose it' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Choose at least one day.');
  await dialog.getByRole('combobox', { name: 'How much longer' }).selectOption({ label: '3 days' });
  await dialog.getByRole('textbox', { name: 'Why' }).fill(reason);
  await dialog.getByRole('button', { name: 'Propose it' }).click();
  await expect(dialog).toBeHidden();
  // The worker mails the notice; then, and only then, the date moves.
  await expect(page.getByText('In effect', { exact: true })).toBeVisible({ timeout: 30_000 });
  expect(await dueAt(fileId)).toBe(before + 3 * DAY_MS);

  const theirs = await (await openBrowser(customer)).newPage();
  await theirs.goto('/notices');
  await expect(theirs.getByRole('heading', { name: `Case ${made.reference}: support keeps a file longer` })).toBeVisible();
  await followMail(theirs, customer.email);
  await expect(theirs.getByText('Live', { exact: true })).toBeVisible();
  const kept = theirs.getByRole('region', { name: 'How long it is kept' });
  await expect(kept).toContainText(reason);
  await kept.getByRole('button', { name: 'Object', exact: true }).click();
  await theirs.getByRole('dialog').getByRole('button', { name: 'Object: end it' }).click();
  await expect(kept).toContainText('Objected to');
  expect(await dueAt(fileId)).toBe(before);
  await expect(page.getByText('Objected to', { exact: true })).toBeVisible();
});

test('support writes a result from a text file, and the customer reads it with the time that is left', async ({ page, support: _, openBrowser }) => {
  const { customer, case: made } = await makeReadyCase();
  const { id: fileId } = await makeFile({ caseId: made.id, by: customer, state: 'verified' });
  await open(page, `/desk/cases/${made.reference}#file-${fileId}`);
  await page.getByRole('button', { name: 'Write a result' }).click();
  const dialog = page.getByRole('dialog', { name: 'Write down what you found' });
  const take = (buffer: Buffer) => dialog.getByLabel('Take it from a text file').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer });
  await take(Buffer.from([0x1f, 0x8b, 0xff, 0x00]));
  await expect(dialog.getByRole('alert')).toContainText('not plain text');
  await take(Buffer.from('<b>One cache</b> holds 83 % of the heap.\n'));
  await expect(dialog.getByRole('textbox', { name: 'Result' })).toHaveValue('<b>One cache</b> holds 83 % of the heap.\n');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('What fills the heap');
  await dialog.getByRole('button', { name: 'Show it to the customer' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('link', { name: 'What fills the heap' })).toBeVisible();

  const theirs = await (await openBrowser(customer)).newPage();
  await theirs.goto(`/cases/${made.reference}/files/${fileId}`);
  await theirs.getByRole('link', { name: 'What fills the heap' }).click();
  await expect(theirs.getByRole('heading', { level: 1, name: 'What fills the heap' })).toBeVisible();
  await expect(theirs.getByLabel('Text of the result')).toHaveText('<b>One cache</b> holds 83 % of the heap.');
  await expect(theirs.getByText(/^\(?23 h \d+ min left/).first()).toBeVisible();
});
