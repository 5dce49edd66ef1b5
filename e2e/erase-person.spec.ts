import { makeCustomer } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { expect, test } from './support/test';

test('a customer erases their own account by typing its address, and is signed out for good', async ({ page, customer }) => {
  await page.goto('/account');
  const panel = page.getByRole('region', { name: 'Erase your account' });
  const address = panel.getByRole('textbox', { name: /type its e-mail address/ });
  await address.fill('somebody-else@example.com');
  await panel.getByRole('button', { name: 'Erase my account' }).click();
  await expect(panel.getByText('Type the address of this account, as it stands above.').first()).toBeVisible();
  await address.fill(customer.email);
  await panel.getByRole('button', { name: 'Erase my account' }).click();
  await expect(page).toHaveURL(/\/$/);
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await getDb().user.findUniqueOrThrow({ where: { id: customer.id }, select: { email: true, name: true, auditActor: true } })).toEqual({ email: null, name: null, auditActor: null });
});

test('an administrator erases a person by address; the audit log goes on to hold, and is exported', async ({ page, admin, openBrowser }) => {
  const person = await makeCustomer({ name: 'Petra Person' });
  const theirs = await (await openBrowser(person)).newPage();
  await theirs.goto('/account');
  await expect(theirs.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible();

  await page.goto('/desk/people');
  await page.getByRole('textbox', { name: 'E-mail address of the account' }).fill(person.email);
  await page.getByRole('checkbox', { name: /^This person is to be erased/ }).check();
  await page.getByRole('button', { name: 'Erase this person' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The person was erased.' })).toBeVisible();
  await theirs.goto('/account');
  await expect(theirs).toHaveURL(/\/sign-in/);

  // As if it had been read while something was wrong; of tomorrow, so that no other reading is later.
  const broken = { at: new Date(Date.now() + 86_400_000), isIntact: false, milliseconds: 1, brokenAt: '1', kind: 'changed', why: 'the event was changed' };
  const { id } = await getDb().auditCheck.create({ data: broken });
  const alarm = page.getByText('The audit log does not hold');
  await page.goto('/desk');
  await expect(alarm).toBeVisible();
  await getDb().auditCheck.delete({ where: { id } });
  await page.goto('/desk/audit');
  await page.getByRole('button', { name: 'Read the chain now' }).click();
  await expect(page.getByText('The chain is intact')).toBeVisible();
  await page.goto('/desk');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(alarm).toHaveCount(0);
  await page.goto('/desk/audit');
  await expect(page.getByText('A person was erased: name, address and the link to this log.').first()).toBeVisible();
  // A typed address or a bookmark comes from no page of the portal; the answer says where an export begins.
  const typed = await page.request.get('/desk/audit/events.jsonl', { headers: { 'sec-fetch-site': 'none' } });
  expect(await typed.json()).toMatchObject({ code: 'cross_origin', detail: expect.stringContaining('press "Export as JSON lines"') });
  const exported = await page.request.get('/desk/audit/events.jsonl', { headers: { 'sec-fetch-site': 'same-origin' } });
  expect(exported.headers()['content-disposition']).toMatch(/^attachment; filename="audit-\d{4}-\d{2}-\d{2}\.jsonl"$/);
  const lines = (await exported.text()).trimEnd().split('\n');
  // The reading of the chain may be recorded after the export.
  expect(lines.slice(-3).map((line): unknown => JSON.parse(line))).toContainEqual(expect.objectContaining({ type: 'audit.exported', actorId: admin.actor.pseudonym }));
  expect(lines.join('\n')).not.toContain(person.email);
});

test('a person chooses what is mailed, and the choice is there when they come back', async ({ page, customer }) => {
  await page.goto('/notices');
  await page.getByRole('link', { name: 'Choose what is mailed to you as well' }).click();
  const box = page.getByRole('checkbox', { name: 'A colleague accepted your invitation' });
  await expect(box).toBeChecked();
  await box.uncheck();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Your choice was saved.')).toBeVisible();
  await page.reload();
  await expect(box).not.toBeChecked();
  expect(await getDb().noticeMute.findMany({ where: { userId: customer.id }, select: { topic: true } })).toEqual([{ topic: 'colleagues' }]);
});
