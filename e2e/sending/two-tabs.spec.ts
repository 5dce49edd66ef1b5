import { type Page } from '@playwright/test';
import { makeCase, makeReadyCase } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { reserve } from '@/tests/fixtures/send-file';
import { fillCase } from '../support/fill-case';
import { sendingRow } from '../support/send-page';
import { expect, test } from '../support/test';

async function accept(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /I have read version/ }).check();
  await page.getByRole('button', { name: 'Accept the policy' }).click();
}

test('two tabs may both accept the policy: the second keeps what the first recorded', async ({ page, context, customer }) => {
  const { id, reference } = await makeCase({ openedBy: customer });
  const second = await context.newPage();
  for (const tab of [page, second]) await tab.goto(`/cases/${reference}/policy`);
  for (const tab of [page, second]) {
    await accept(tab);
    await expect(tab.getByRole('heading', { name: 'Decide about the NDA' })).toBeVisible();
  }
  expect(await getDb().policyAcceptance.count({ where: { caseId: id } })).toBe(1);
  expect(await getDb().auditEvent.count({ where: { caseId: id, type: 'policy.accepted' } })).toBe(1);
});

test('two tabs may go on with the same file: it arrives once, and whole', async ({ page, context, customer }) => {
  const { id, reference } = await makeReadyCase({ openedBy: customer }).then(({ case: made }) => made);
  const content = Buffer.from('a line of a log\n'.repeat(700_000));
  const name = 'catalina.out';
  await reserve(content, { actor: customer.actor, reference, name });
  const tabs = [page, await context.newPage()];
  for (const tab of tabs) await tab.goto(`/cases/${reference}/files/new`);
  await Promise.all(tabs.map((tab) => tab.getByLabel(`${name}, again`).setInputFiles({ name, mimeType: 'text/plain', buffer: content })));
  for (const tab of tabs) await expect(sendingRow(tab, name)).toContainText('Verified');
  expect(await getDb().diagnosticFile.count({ where: { caseId: id } })).toBe(1);
});

test('two presses open one case', async ({ page, customer }) => {
  await page.goto('/cases/new');
  await fillCase(page, 'Pressed twice');
  await page.getByRole('button', { name: 'Open the case' }).dblclick();
  await expect(page.getByText(/^The case is open\./)).toBeVisible();
  expect(await getDb().case.count({ where: { organizationId: customer.organizationId } })).toBe(1);
  // Going back shows the form anew: what is described there is another problem.
  await page.goto('/cases/new');
  await fillCase(page, 'Another one');
  await page.getByRole('button', { name: 'Open the case' }).click();
  await expect(page.getByText(/^The case is open\./)).toBeVisible();
  expect(await getDb().case.count({ where: { organizationId: customer.organizationId } })).toBe(2);
});
