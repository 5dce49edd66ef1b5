import { type Page } from '@playwright/test';
import { makeAgreement, makeCustomer, makeSigningSession, makeUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { expectAccessible } from './support/axe';
import { makeDraftBy } from './support/nda-draft';
import { allowToSign, expect, test } from './support/test';

test.describe.configure({ timeout: 180_000 });

const CLAUSE = '1.9 **Working day** means a day that is neither a Saturday nor a Sunday.';
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const save = async (page: Page, revision: number) => {
  await page.getByRole('button', { name: 'Save and check' }).click();
  await expect(page.getByRole('status').filter({ hasText: `Saved as revision ${revision}.` })).toBeVisible();
};

async function consentAndSign(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'I have read it: go on to sign' }).click();
  for (const name of [/sign this agreement electronically/, /authorised to sign for/]) await page.getByRole('checkbox', { name }).check();
}

test('an administrator drafts and publishes a version, and whoever was reading the earlier one reads again', async ({ openBrowser }) => {
  const page = await (await openBrowser(await makeUser({ role: 'admin' }))).newPage();
  const customer = await makeCustomer();
  const { id, signatoryId } = await makeAgreement({ organizationId: customer.organizationId, by: customer, state: 'sent' });
  const reader = await openBrowser();
  await allowToSign(reader, await makeSigningSession({ signatoryId, isVerified: true }));
  const signing = await reader.newPage();
  await signing.goto(`/signing/${id}/read`);
  const earlier = await signing.locator('#document code').textContent();
  await consentAndSign(signing);

  await page.goto('/desk/nda-settings/1.0');
  await page.getByRole('button', { name: 'Begin a draft from this version' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Draft of the NDA template' })).toBeVisible();
  await expect(page.getByText('The two texts are the same.')).toBeVisible();
  const body = await field(page, 'Text').inputValue();
  await field(page, 'Text').fill(body.replace('{{term}}', '<i>{{terms}}</i>'));
  await save(page, 2);
  await expect(page.getByText('{{terms}} is not a field.')).toBeVisible();
  await expect(page.getByText('HTML is not taken in an agreement.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Publish/ })).toHaveCount(0);
  await field(page, 'Text').fill(body.replace('## 2.', `${CLAUSE}\n\n## 2.`));
  await expect(page.getByText('Save first')).toBeVisible();
  await save(page, 3);
  await expect(page.getByText('The saved text can be published')).toBeVisible();
  await expect(page.locator('#difference').getByText(`Added: ${CLAUSE}`)).toBeVisible();
  await expect(page.locator('#preview').getByText('means a day that is neither')).toBeVisible();
  await expectAccessible(page);
  const pdf = await page.request.get(`${new URL(page.url()).pathname}/preview.pdf`);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await page.getByRole('button', { name: /^Publish as version/ }).click();
  await page.getByRole('button', { name: 'Publish it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Mutual Non-Disclosure Agreement' })).toBeVisible();
  await expect(page.locator('#text').getByText('means a day that is neither')).toBeVisible();
  expect(await getDb().auditEvent.count({ where: { type: 'nda_template.published', actorKind: 'user' } })).toBe(1);

  await signing.getByRole('button', { name: /^Sign for/ }).click();
  await expect(signing.getByRole('alert').filter({ hasText: 'The text changed since you read it, so nothing was signed.' })).toBeVisible();
  await signing.getByRole('link', { name: 'Read it again' }).first().click();
  await expect(signing.locator('#text').getByText('means a day that is neither')).toBeVisible();
  await expect(signing.locator('#document code')).not.toHaveText(earlier ?? '');
  await consentAndSign(signing);
  await signing.getByRole('button', { name: /^Sign for/ }).click();
  await expect(signing.getByRole('heading', { level: 1, name: 'You have signed' })).toBeVisible({ timeout: 30_000 });
});

test('of two administrators at one draft the second is told, keeps the text, and replaces the other\'s knowingly', async ({ page, admin, openBrowser }) => {
  const address = `/desk/nda-settings/drafts/${await makeDraftBy(admin)}`;
  const second = await (await openBrowser(await makeUser({ role: 'admin', name: 'Bo Boss' }))).newPage();
  for (const open of [page, second]) {
    await open.goto(address);
    await field(open, 'Title').fill(open === page ? 'The title of the first' : 'The title of the second');
  }
  await save(page, 2);
  await second.getByRole('button', { name: 'Save and check' }).click();
  await expect(second.getByRole('alert').filter({ hasText: 'Ari Admin saved this draft while you were at it' })).toBeVisible();
  await expect(field(second, 'Title')).toHaveValue('The title of the second');
  await expect(second.locator('#difference').getByText('Added: Title: The title of the first')).toBeVisible();
  await second.getByRole('checkbox', { name: /^I have looked at what was saved meanwhile/ }).check();
  await save(second, 3);
  await expect(second.locator('#difference').getByText('Added: Title: The title of the second')).toBeVisible();
  await second.getByRole('button', { name: 'Discard the draft' }).click();
  await second.getByRole('button', { name: 'Discard it' }).click();
  await expect(second.getByRole('heading', { level: 1, name: 'NDA templates and signing' })).toBeVisible();
});
