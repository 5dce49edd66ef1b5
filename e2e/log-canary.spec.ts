import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeCustomer, makeOrganization, makeReadyCase, makeStaff } from '@/prisma/seed/library';
import { getEnv } from '@/server/env';
import { signInByLink } from './support/mail';
import { chooseFiles, confirmUnrequested, pressSend, sendingRow, textFile } from './support/send-page';
import { expect, test } from './support/test';

const logs = () => path.join(getEnv().AIRLOCK_DATA_DIR, 'logs');
const logFiles = () => readdirSync(logs(), { recursive: true, encoding: 'utf8' }).map((name) => path.join(logs(), name)).filter((file) => statSync(file).isFile());
const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);

test('no name, address, file name or secret of a person reaches the logs, whose files are the portal\'s own (P-LOGS)', async ({ page, openBrowser }) => {
  const word = `canary${Date.now()}`;
  const address = `${word}@example.test`;
  const name = `${word}-heap.log`;
  const { id: organizationId } = await makeOrganization({ name: `${word} organization` });
  const customer = await makeCustomer({ email: address, name: `${word} name`, organizationId });
  const { case: made } = await makeReadyCase({ openedBy: customer, title: `${word} title`, description: `${word} description` });
  await page.goto(`/sign-in?next=/account&note=${word}`);
  await signInByLink(page, address);
  await page.getByRole('textbox', { name: /^Name/ }).fill(`${word} again`);
  await page.getByRole('button', { name: 'Save the name' }).click();
  await expect(page.getByText('Your name was saved.')).toBeVisible();

  await page.goto(`/cases/${made.reference}/files/new`);
  await chooseFiles(page, textFile(name, `${word} content\n`));
  await confirmUnrequested(page);
  await pressSend(page);
  await expect(sendingRow(page, name)).toContainText('Verified');

  // What goes wrong is logged too.
  const refused = await page.request.post(`/api/v1/cases/${made.reference}/files`, { data: { name: `${word}/../x`, [word]: word }, headers: { origin: new URL(page.url()).origin } });
  expect(refused.status()).toBe(422);
  expect((await refused.text()).toLowerCase()).not.toContain(word);
  const missing = await page.goto(`/cases/${word}?title=${word}`);
  expect(missing?.status()).toBe(404);
  expect(`${await page.title()} ${await page.locator('body').innerText()}`.toLowerCase()).not.toContain(word);
  await page.goto(`/invitation#${word}`);
  const desk = await (await openBrowser(await makeStaff('support'))).newPage();
  await desk.goto(`/desk?q=${word}`);
  await expect(desk.getByRole('row').filter({ hasText: made.reference })).toBeVisible();

  const files = logFiles();
  expect(files.filter((file) => /\/(portal|security)-[\d-]+\.\d+\.jsonl$/.test(file)).length).toBeGreaterThanOrEqual(2);
  for (const file of files) expect(readFileSync(file, 'utf8').toLowerCase().includes(word), path.basename(file)).toBe(false);
  expect(mode(logs())).toBe('700');
  for (const file of files) expect(mode(file), path.basename(file)).toBe('600');
});
