import { type Page } from '@playwright/test';
import { makeCase, makeCustomer, makeFile, makeReadyCase } from '@/prisma/seed/library';
import { sampleContent, sendFile } from '../tests/fixtures/send-file';
import { chooseFiles, pressSend, sendingRow, textFile } from './support/send-page';
import { expect, test } from './support/test';

/** Three cases of an organization of their own, found by its name. */
async function threeCases() {
  const customer = await makeCustomer({ name: 'Cleo Customer' });
  const word = `shelf${Date.now()}`;
  const cases = [];
  for (const severity of ['low', 'high', 'critical'] as const) cases.push((await makeReadyCase({ openedBy: customer, title: `${word} ${severity}`, severity })).case);
  return { customer, word, cases };
}

/** Answers once the page listens, so that its keys and its live updates work. */
async function openDesk(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
}

async function confirm(page: Page, trigger: string, button: string): Promise<void> {
  await page.getByRole('button', { name: trigger }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: button }).click();
  await expect(dialog).toBeHidden();
}

test('the keys go through the list, open a row, reach the search and explain themselves', async ({ page, support: _ }) => {
  const { word } = await threeCases();
  await openDesk(page, `/desk?q=${word}`);
  const rows = page.getByRole('row').filter({ hasText: word });
  await expect(rows).toHaveCount(3);
  const link = (at: number) => rows.nth(at).getByRole('link').first();
  await page.keyboard.press('j');
  await expect(link(0)).toBeFocused();
  await page.keyboard.press('j');
  await expect(link(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(link(0)).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys of the desk' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  // What was searched before is marked, so that typing replaces it.
  await page.keyboard.type(`${word} low`);
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(link(0)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `${word} low` })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page).toHaveURL('/desk/files');
});

test('filters, search and order stand in the address, so that a list can be kept and handed on', async ({ page, support: _ }) => {
  const { word, customer, cases } = await threeCases();
  await makeFile({ caseId: cases[1]?.id ?? '', by: customer, state: 'quarantined', name: `${word}.hprof` });
  await openDesk(page, '/desk');
  await page.getByRole('searchbox').fill(word);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/desk?q=${word}`);
  await page.getByRole('combobox', { name: 'Severity' }).selectOption('high');
  await expect(page).toHaveURL(`/desk?q=${word}&severity=high`);
  const rows = page.getByRole('row').filter({ hasText: word });
  await expect(rows).toHaveCount(1);
  await page.getByRole('link', { name: 'Clear' }).click();
  await expect(page).toHaveURL('/desk');
  await page.goto(`/desk?q=${word}&sort=severity`);
  await expect(rows).toHaveText([/critical/i, /high/i, /low/i]);
  await page.goto(`/desk?q=${word}&files=quarantined`);
  await expect(rows).toHaveCount(1);
  await page.goto(`/desk?q=${word}&severity=nonsense&sort=;drop&page=-1`);
  await expect(rows).toHaveCount(3);
  await openDesk(page, '/desk/files');
  await page.getByRole('searchbox').fill(word);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/desk/files?q=${word}`);
  await expect(rows).toHaveCount(1);
  await page.getByRole('navigation', { name: 'Files by state' }).getByRole('link', { name: /^Verified/ }).click();
  await expect(page.getByText('No file fits')).toBeVisible();
});

test('a file that support asks for, with its purpose, reaches the customer, and their answer reaches the desk', async ({ page, support: _, openBrowser }) => {
  const { customer, case: made } = await makeReadyCase();
  const theirs = await (await openBrowser(customer)).newPage();
  await openDesk(theirs, `/cases/${made.reference}`);
  await openDesk(page, `/desk/cases/${made.reference}`);
  await page.getByRole('button', { name: 'Ask for this file' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Correct these and send it again' })).toBeFocused();
  const purpose = 'To see what the service wrote before it stopped.';
  await page.getByRole('combobox', { name: 'Kind of file' }).selectOption({ label: 'Component log' });
  await page.getByRole('textbox', { name: 'What it is needed for' }).fill(purpose);
  await page.getByRole('button', { name: 'Ask for this file' }).click();
  await expect(page.getByText('The customer was asked.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'What it is needed for' })).toHaveValue('');

  const asked = theirs.getByRole('region', { name: 'Support asks for', exact: true });
  await expect(asked).toContainText(purpose);
  await asked.getByRole('link', { name: 'Send a file for this' }).click();
  await chooseFiles(theirs, textFile('server.log', '2026-11-27 ERROR out of memory\n'));
  await pressSend(theirs);
  await expect(sendingRow(theirs, 'server.log')).toContainText('Verified');
  await expect(page.getByRole('region', { name: 'Asked for' })).toContainText('Answered');
  await theirs.goto('/notices');
  await expect(theirs.getByRole('heading', { name: `Case ${made.reference}: support asks for a file` })).toBeVisible();
});

test('a request can be withdrawn, and the customer is told', async ({ page, support: _, openBrowser }) => {
  const { customer, case: made } = await makeReadyCase();
  await openDesk(page, `/desk/cases/${made.reference}`);
  await page.getByRole('combobox', { name: 'Kind of file' }).selectOption({ label: 'Heap dump' });
  await page.getByRole('textbox', { name: 'What it is needed for' }).fill('To see what fills the heap.');
  await page.getByRole('button', { name: 'Ask for this file' }).click();
  await expect(page.getByRole('region', { name: 'Asked for' })).toContainText('Waiting');
  await confirm(page, 'Withdraw', 'Withdraw it');
  await expect(page.getByRole('region', { name: 'Asked for' })).toContainText('Withdrawn');
  const theirs = await (await openBrowser(customer)).newPage();
  await theirs.goto(`/cases/${made.reference}`);
  await expect(theirs.getByRole('region', { name: 'Support asks for', exact: true })).toContainText('Support no longer needs it.');
});

test('a case that needs a signed NDA takes nothing before, and says so on its page', async ({ page, support: _, openBrowser }) => {
  const { customer, case: made } = await makeReadyCase();
  const theirs = await (await openBrowser(customer)).newPage();
  await theirs.goto(`/cases/${made.reference}/files/new`);
  await chooseFiles(theirs, textFile('server.log', 'a line\n'));
  await openDesk(page, `/desk/cases/${made.reference}`);
  await confirm(page, 'Require an NDA', 'Require it');
  await expect(theirs.getByRole('heading', { name: 'Arrange the NDA' })).toBeVisible();
  await expect(theirs.getByText('Support marked this case as needing a signed NDA. Nothing can be sent before it is signed.')).toBeVisible();
  await expect(theirs.getByRole('button', { name: /^Send/ })).toHaveCount(0);
  await theirs.getByRole('link', { name: 'Arrange the NDA' }).click();
  await expect(theirs.getByText('This case needs a signed NDA')).toBeVisible();
  await expect(theirs.getByRole('radio')).toHaveCount(0);
  await confirm(page, 'NDA not needed', 'It is not needed');
  await theirs.goto(`/cases/${made.reference}/files/new`);
  await expect(theirs.getByRole('button', { name: 'Choose files' })).toBeVisible();
});

test('a case is closed and opened again, and the customer sees it at once', async ({ page, support: _, openBrowser }) => {
  const { customer, case: made } = await makeReadyCase();
  const theirs = await (await openBrowser(customer)).newPage();
  await openDesk(theirs, `/cases/${made.reference}`);
  await openDesk(page, `/desk/cases/${made.reference}`);
  await confirm(page, 'Close the case', 'Close it');
  await expect(theirs.getByRole('heading', { name: 'This case is closed' })).toBeVisible();
  await expect(theirs.getByRole('link', { name: 'Send files' })).toHaveCount(0);
  await confirm(page, 'Open again', 'Open it again');
  await expect(theirs.getByRole('link', { name: 'Send files' }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'History of the case' })).toContainText('The case was opened again.');
});

test('nothing on the desk leads to the content of a file, for any of the staff', async ({ openBrowser, support, admin }) => {
  const { customer, case: made } = await makeReadyCase();
  const fileId = await sendFile(sampleContent(1000), { actor: customer.actor, reference: made.reference });
  const downloads: string[] = [];
  for (const who of [support, admin]) {
    const page = await (await openBrowser(who)).newPage();
    page.on('download', (download) => downloads.push(download.url()));
    for (const address of ['/desk', '/desk/files', `/desk/cases/${made.reference}#file-${fileId}`, `/cases/${made.reference}/files/${fileId}/receipt`]) {
      await page.goto(address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const links = await page.getByRole('main').locator('a[href]').evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href));
      expect(links.filter((href) => /X-Amz-|\.gz|:\/\/(?!localhost)/.test(href)), address).toEqual([]);
      const download = await page.getByRole('main').locator('a[download]').evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('download')));
      // A receipt speaks about a file; it is none.
      expect(download.filter((name) => !/^receipt(\.json|\.sig|-key\.pem)$/.test(name ?? '')), address).toEqual([]);
    }
    for (const below of ['', '/content', '/download', '/segments']) {
      const response = await page.request.get(`/api/v1/files/${fileId}${below}`);
      expect(response.headers()['content-type'], below).toMatch(/^application\/(problem\+)?json/);
    }
  }
  expect(downloads).toEqual([]);
});

test('a case of the customer\'s pages leads staff to the desk', async ({ page, support: _ }) => {
  const made = await makeCase({ openedBy: await makeCustomer() });
  await page.goto(`/cases/${made.reference}`);
  await expect(page).toHaveURL(`/desk/cases/${made.reference}`);
});
