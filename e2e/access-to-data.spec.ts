import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { type Page } from '@playwright/test';
import { makeGrant, tellOfGrant } from '@/prisma/seed/access';
import { makeFile, makeReadyCase, makeStaff, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { sampleContent, sendFile } from '../tests/fixtures/send-file';
import { baseUrl } from './support/environment';
import { expect, test } from './support/test';

/** Goes to a page and waits until it listens, which is when its buttons work too. */
async function goTo(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByText('Live', { exact: true }).first().waitFor();
}

/** Presses a button of a part of the page, and the one of the dialog that it opens. */
async function confirm(page: Page, within: ReturnType<Page['locator']>, trigger: string | RegExp, confirmLabel: string): Promise<void> {
  await within.getByRole('button', { name: trigger }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: confirmLabel, exact: true }).click();
}

async function findPerson(email: string): Promise<SeedUser> {
  const { id, role, auditActor } = await getDb().user.findUniqueOrThrow({ where: { email }, select: { id: true, role: true, auditActor: true } });
  return { id, email, name: '', role, organizationId: null, actor: { kind: 'user', userId: id, pseudonym: auditActor?.id ?? '', role, organizationId: null, sessionId: '' } };
}

test('a subcontractor sees results once a customer approved, and nothing once they withdrew', async ({ page, customer, openBrowser }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer });
  const file = await makeFile({ caseId: made.id, by: customer, state: 'analysed', name: 'heap-of-our-server.hprof' });
  const run = await getDb().analysisRun.create({ data: { fileId: file.id, analyser: 'test', state: 'done' } });
  const now = new Date();
  const output = await getDb().analysisOutput.create({ data: { fileId: file.id, runId: run.id, title: 'Heap histogram', body: 'byte[] 512 MB', createdAt: now } });
  await getDb().retentionClock.create({ data: { subject: 'analysis_output', analysisOutputId: output.id, startedAt: now, periodDays: 30, dueAt: new Date(now.getTime() + 86_400_000) } });
  const email = `recipient-${made.reference.toLowerCase()}@partner.test`;

  const desk = await (await openBrowser(await makeStaff('support'))).newPage();
  await goTo(desk, `/desk/cases/${made.reference}`);
  const form = desk.locator('#ask-to-share');
  await form.getByLabel('E-mail address of the recipient').fill(email);
  await form.getByLabel('What the recipient is needed for').fill('To read the histogram with us.');
  await form.getByRole('checkbox', { name: 'heap-of-our-server.hprof' }).check();
  await form.getByRole('button', { name: 'Ask the customer' }).click();
  await expect(form.getByRole('status')).toContainText('The customer was asked.');

  await goTo(page, `/cases/${made.reference}`);
  const sharing = page.locator('#sharing');
  await expect(sharing).toContainText('Waits for your decision');
  await confirm(page, sharing, 'Approve', 'Approve');
  await expect(sharing).toContainText('The recipient has not looked yet.');

  const room = await (await openBrowser(await findPerson(email))).newPage();
  await room.goto('/');
  await room.getByRole('link', { name: made.reference }).click();
  await expect(room.getByRole('heading', { name: 'Heap histogram' })).toBeVisible();
  await expect(room.getByText('byte[] 512 MB')).toBeVisible();
  await expect(room.locator('body')).not.toContainText('heap-of-our-server');

  await goTo(page, `/cases/${made.reference}`);
  await expect(sharing).toContainText('Looked at');
  await confirm(page, sharing, 'Withdraw', 'Withdraw it');
  await expect(sharing).toContainText('The customer withdrew it.');
  expect((await room.reload())?.status()).toBe(404);
  await room.goto('/shared');
  await expect(room.getByText('Nothing is shared with you now')).toBeVisible();
});

test('raw bytes are read once, by who asked, after a second person granted it and the customer was told', async ({ page, customer, openBrowser }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer });
  const content = sampleContent(200_000);
  const fileId = await sendFile(content, { actor: customer.actor, reference: made.reference, name: 'java_pid4711.hprof' });
  const [dana, alex] = [await openBrowser(await makeStaff('data_admin')), await openBrowser(await makeStaff('admin'))];

  const asking = await dana.newPage();
  await goTo(asking, `/desk/raw-access?case=${made.reference}`);
  await asking.getByRole('checkbox', { name: 'java_pid4711.hprof' }).check();
  await asking.getByLabel('Why the bytes themselves are needed').fill('The histogram shows no strings.');
  await asking.getByRole('button', { name: 'Ask for raw access' }).click();
  const own = asking.getByRole('listitem').filter({ hasText: made.reference });
  await expect(own).toContainText('Waits for a second person');
  await expect(own.getByRole('button', { name: 'Grant' })).toHaveCount(0);

  const deciding = await alex.newPage();
  await goTo(deciding, '/desk/raw-access');
  const asked = deciding.getByRole('listitem').filter({ hasText: made.reference });
  await confirm(deciding, asked, 'Grant', 'Grant it');
  await expect(asked).toContainText('Granted by');
  await expect(asked.getByRole('button', { name: /^Read once/ })).toHaveCount(0);

  const { id: grantId } = await getDb().rawAccessGrant.findFirstOrThrow({ where: { caseId: made.id } });
  await expect.poll(() => getDb().notice.count({ where: { caseId: made.id, kind: 'raw_access_granted', state: 'sent' } }), { timeout: 30_000 }).toBe(1);
  await goTo(asking, '/desk/raw-access');
  const download = asking.waitForEvent('download');
  await confirm(asking, own, /^Read once/, 'Read it');
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(new RegExp(`^${made.reference}\\.grant-${grantId}\\.reader-[0-9a-f-]{36}\\.hprof\\.gz$`));
  expect(gunzipSync(await readFile(await saved.path())).equals(content)).toBe(true);

  const again = await dana.request.get(`${baseUrl}/api/raw-access/${grantId}/files/${fileId}`, { headers: { origin: baseUrl } });
  expect([again.status(), ((await again.json()) as { code: string }).code]).toEqual([409, 'raw_read_once']);
  await page.goto(`/cases/${made.reference}`);
  await expect(page.locator('#raw-access')).toContainText('Read whole');
});

test('a read that its reader breaks off is recorded as that', async ({ customer, openBrowser }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer });
  // More than sockets hold, so that it cannot be through before it is broken off.
  const fileId = await sendFile(randomBytes(32 * 1024 * 1024), { actor: customer.actor, reference: made.reference, name: 'noise.bin' });
  const [asker, second] = [await makeStaff('data_admin'), await makeStaff('data_admin')];
  const { id: grantId } = await makeGrant({ caseId: made.id, askedBy: asker, approvedBy: second, state: 'granted', fileIds: [fileId], claimedAt: new Date() });
  await tellOfGrant({ grantId, caseId: made.id, reference: made.reference, customer });
  const [cookie] = await (await openBrowser(asker)).cookies();
  const leaving = new AbortController();
  const response = await fetch(`${baseUrl}/api/raw-access/${grantId}/files/${fileId}`, { headers: { origin: baseUrl, cookie: `${cookie?.name}=${cookie?.value}` }, signal: leaving.signal });
  expect(response.status).toBe(200);
  await response.body?.getReader().read();
  leaving.abort();
  const end = () => getDb().rawAccessGrantFile.findUniqueOrThrow({ where: { grantId_fileId: { grantId, fileId } }, select: { isWhole: true } });
  await expect.poll(end, { timeout: 30_000 }).toEqual({ isWhole: false });
});
