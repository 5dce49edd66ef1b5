import { type Page } from '@playwright/test';
import { makeCase, makePolicyVersion, makeReadyCase } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { chooseFiles, confirmUnrequested, pressSend, sendingRow, textFile } from './support/send-page';
import { expect, test } from './support/test';

/** What is published stays, so this changes what is in force for the specs after it: each of them takes the version that it finds. */
async function publishNext(): Promise<string> {
  const inForce = await getDb().policyVersion.findFirstOrThrow({ where: { publishedAt: { lte: new Date() } }, orderBy: { publishedAt: 'desc' } });
  const version = `${Number.parseInt(inForce.version, 10) + 1}.0`;
  await makePolicyVersion({ version, publishedAt: new Date(), body: `${inForce.bodyMarkdown}\n\nVersion ${version} says the same in other words.\n` });
  return version;
}

async function accept(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /I have read version/ }).check();
  await page.getByRole('button', { name: 'Accept the policy' }).click();
}

test('a policy that changed while it was read has to be read again', async ({ page, customer }) => {
  const { reference } = await makeCase({ openedBy: customer });
  await page.goto(`/cases/${reference}/policy`);
  const version = await publishNext();
  await accept(page);
  const refusal = page.getByRole('alert').filter({ hasText: 'Read the version that is in force now and accept that one.' });
  await expect(refusal).toBeFocused();
  await page.getByRole('link', { name: 'Read the version in force' }).click();
  await expect(page.getByRole('checkbox', { name: `I have read version ${version}` })).toBeVisible();
  await accept(page);
  await expect(page.getByRole('heading', { name: 'Decide about the NDA' })).toBeVisible();
});

test('nothing more is sent under an earlier version, also from a page that is open already', async ({ page, customer }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer });
  await page.goto(`/cases/${made.reference}/files/new`);
  await chooseFiles(page, textFile('server.log', 'a line\n'));
  await confirmUnrequested(page);
  const version = await publishNext();
  await pressSend(page);
  await expect(sendingRow(page, 'server.log')).toContainText('A newer version of the policy is in force.');
  await page.goto(`/cases/${made.reference}`);
  await page.getByRole('link', { name: 'Read the new version of the policy' }).click();
  await expect(page.getByText(`Version ${version} is new`)).toBeVisible();
  await accept(page);
  await expect(page.getByRole('link', { name: 'Send files' }).first()).toBeVisible();
});
