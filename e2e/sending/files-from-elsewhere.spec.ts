import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { promisify } from 'node:util';
import { storedKey } from '@/domain/object-key';
import { makeFile, makeReadyCase } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { DAY_MS } from '@/domain/durations';
import { sampleContent, sha256 } from '@/tests/fixtures/send-file';
import { makeUploadKey } from '@/tests/fixtures/api-client';
import { expect, test } from '../support/test';

const run = promisify(execFile);

test('one file that was compressed by hand is sent by the curl line that the page offers', async ({ page, customer, folder }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer });
  const name = "night's $(id) [1].log.gz";
  const content = gzipSync(sampleContent(200_000));
  await writeFile(path.join(folder, name), content);

  await page.goto(`/cases/${made.reference}`);
  await page.getByRole('link', { name: 'Get one curl line for one file' }).click();
  await page.getByLabel('Name of the .gz file').fill(name);
  await page.getByLabel('Size in bytes').fill(String(content.length));
  await page.getByRole('textbox', { name: 'SHA-256' }).fill(`${sha256(content)}  ${name}`);
  await page.getByLabel('What is it?').selectOption('component_log');
  await page.getByRole('button', { name: 'Make the curl line' }).click();
  await expect(page.getByRole('alert', { name: 'Correct these and send it again' })).toContainText('Nobody asked for this kind of file.');
  await expect(page.getByLabel('Size in bytes')).toHaveValue(String(content.length));
  await page.getByLabel(/^If nobody asked for this kind/).check();
  await page.getByRole('button', { name: 'Make the curl line' }).click();

  const line = await page.getByRole('region', { name: 'The curl line' }).textContent();
  await page.getByRole('button', { name: 'I have sent it: look now' }).click();
  await expect(page.getByRole('alert', { name: 'This did not work' })).toContainText('The file is not in storage yet.');
  await run('sh', ['-c', line ?? ''], { cwd: folder });
  await page.getByRole('button', { name: 'I have sent it: look now' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
  await expect(page.getByText('Arrived whole')).toBeVisible({ timeout: 60_000 });
});

test('support sees the upload keys of a case at the desk, and ends one for the customer', async ({ page, support: _ }) => {
  const { customer, case: made } = await makeReadyCase();
  const { secret } = await makeUploadKey(made.id, customer.id);
  await page.goto(`/desk/cases/${made.reference}`);
  const row = page.getByRole('region', { name: 'Upload keys' }).getByRole('row', { name: new RegExp(secret.slice(0, 8)) });
  await expect(row).toContainText('never');
  await row.getByRole('button', { name: /^Revoke/ }).click();
  await page.getByRole('dialog', { name: 'Revoke this key?' }).getByRole('button', { name: 'Revoke it' }).click();
  await expect(row).toContainText('Revoked');
});

test('a lost file is marked for its sender and at the desk, and the key of an unannounced object cannot mislead', async ({ page, support: _, openBrowser }) => {
  const { customer, case: made } = await makeReadyCase();
  const word = `unannounced${Date.now()}`;
  const now = Date.now();
  const file = await makeFile({ caseId: made.id, by: customer, state: 'verified', name: `${word}.hprof` });
  // A segment without an object, and a sight of tomorrow: a comparison of the real bucket leaves both as they are.
  const segment = { index: 1, objectKey: `${made.reference}/${file.id}/x.gz`, state: 'stored', rawSizeBytes: 1, rawSha256: 'a'.repeat(64), sizeBytes: 1, sha256: 'a'.repeat(64), announcedAt: new Date(), storedAt: new Date() } as const;
  await getDb().diagnosticFile.update({ where: { id: file.id }, data: { lostAt: new Date(), segments: { create: segment } } });
  const key = storedKey(`${word}/\u202Efdp.exe\n<b>x</b>`);
  await getDb().unannouncedObject.create({ data: { objectKey: key, sizeBytes: 4_000_000, versionCount: 2, firstSeenAt: new Date(now), lastSeenAt: new Date(now + DAY_MS), dueAt: new Date(now + 7 * DAY_MS) } });

  await page.goto('/desk/storage');
  const shown = page.getByRole('row').filter({ hasText: word });
  await expect(shown.filter({ hasText: '⟨U+202E⟩fdp.exe⟨U+000A⟩<b>x</b>' })).toHaveCount(1);
  await expect(shown.filter({ hasText: `${word}.hprof` })).toContainText(made.reference);
  await page.goto('/desk/files');
  await page.getByRole('link', { name: 'See the storage' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Storage' })).toBeVisible();
  await page.goto(`/desk/cases/${made.reference}`);
  await expect(page.getByText('Lost from storage')).toBeVisible();

  const sender = await (await openBrowser(customer)).newPage();
  await sender.goto(`/cases/${made.reference}/files/${file.id}`);
  await expect(sender.getByText('A part of the file is no longer in storage')).toBeVisible();
  await expect(sender.getByRole('link', { name: 'Send the file again' })).toBeVisible();
});
