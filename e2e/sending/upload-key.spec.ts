import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Page } from '@playwright/test';
import { makeReadyCase } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { makeUploadKey } from '@/tests/fixtures/api-client';
import { sha256 } from '@/tests/fixtures/send-file';
import { baseUrl } from '../support/environment';
import { expect, test } from '../support/test';

const run = promisify(execFile);

const panelOf = (page: Page) => page.getByRole('region', { name: 'Send from a machine without a browser' });

/** Makes a key on the page and reads the command that it offers. */
async function makeKey(page: Page): Promise<{ key: string; command: string }> {
  const panel = panelOf(page);
  await panel.getByRole('button', { name: /^Make (an upload|another) key$/ }).click();
  await expect(panel.getByText('The key is made. It is shown here once.')).toBeVisible();
  const key = await panel.getByRole('region', { name: 'The upload key' }).innerText();
  const command = await panel.getByRole('region', { name: /^Linux, macOS/ }).textContent();
  return { key, command: command ?? '' };
}

test('a key is made, shown once, used by the command that the page offers, and revoked', async ({ page, customer, folder }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer });
  const address = `/cases/${made.reference}`;
  await page.goto(address);
  const { key, command } = await makeKey(page);
  expect(key).toMatch(/^alk_[0-9A-Za-z]{49}$/);
  expect(command).toBe(` curl -fsS ${baseUrl}/send.sh | AIRLOCK_KEY=${key} sh -s -- FILE`);
  const panel = panelOf(page);
  await expect(panel.getByRole('row', { name: new RegExp(key.slice(0, 8)) })).toContainText('never');

  const content = 'what the server said\n'.repeat(5000);
  const file = path.join(folder, 'catalina.out');
  await writeFile(file, content);
  await run('sh', ['-c', command.replace('FILE', file)], { env: { ...process.env, TMPDIR: folder } });
  const sent = await getDb().diagnosticFile.findFirstOrThrow({ where: { caseId: made.id } });
  expect(sent.name).toBe('catalina.out');
  await expect.poll(async () => (await getDb().diagnosticFile.findUniqueOrThrow({ where: { id: sent.id } })).rawSha256, { timeout: 60_000 }).toBe(sha256(readFileSync(file)));

  await page.reload();
  const row = panel.getByRole('row', { name: new RegExp(key.slice(0, 8)) });
  await expect(row).not.toContainText('never');
  await expect(row.getByRole('cell').last()).toContainText('Revoke');
  expect(await page.content()).not.toContain(key);

  await row.getByRole('button', { name: /^Revoke/ }).click();
  await page.getByRole('dialog', { name: 'Revoke this key?' }).getByRole('button', { name: 'Revoke it' }).click();
  await expect(row).toContainText('Revoked');
  const again = run('sh', ['-c', command.replace('FILE', file)], { env: { ...process.env, TMPDIR: folder } });
  await expect(again).rejects.toMatchObject({ code: 4 });
});

test('no page of the portal takes a key', async ({ page: _, customer }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer });
  const { secret } = await makeUploadKey(made.id, customer.id);
  for (const address of ['/cases', `/cases/${made.reference}`, '/account', '/organization', '/desk', '/desk/files', '/notices']) {
    const answer = await fetch(baseUrl + address, { headers: { authorization: `Bearer ${secret}` }, redirect: 'manual' });
    expect([address, answer.status, new URL(answer.headers.get('location') ?? '/', baseUrl).pathname]).toEqual([address, 307, '/sign-in']);
  }
});
