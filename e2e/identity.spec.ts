import { makeCustomer, makeStaff } from '@/prisma/seed/library';
import { followMail, signInByLink } from './support/mail';
import { expect, test } from './support/test';

test.describe('sessions', () => {
  test('are listed, and one that is ended is signed out at once', async ({ page, customer, openBrowser }) => {
    const other = await (await openBrowser(customer)).newPage();
    await other.goto('/account');
    await page.goto('/account');
    const list = page.getByRole('region', { name: 'Where you are signed in' });
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await expect(list.getByRole('listitem').first()).toContainText('This one');
    await list.getByRole('button', { name: /^End the session of/ }).click();
    await expect(list.getByRole('listitem')).toHaveCount(1);
    await other.reload();
    await expect(other.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible();
  });

  test('are all ended but this one, after a question', async ({ page, customer, openBrowser }) => {
    const others = [await (await openBrowser(customer)).newPage(), await (await openBrowser(customer)).newPage()];
    await page.goto('/account');
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('dialog', { name: 'End all other sessions?' }).getByRole('button', { name: 'End them' }).click();
    await expect(page.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem')).toHaveCount(1);
    for (const other of others) {
      await other.goto('/cases');
      await expect(other.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    }
  });

  test('end with signing out, and the page of the account is closed', async ({ page, customer: _ }) => {
    await page.goto('/account');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL('/');
    await page.goto('/account');
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    expect(new URL(page.url()).searchParams.get('next')).toBe('/account');
  });
});

test('a demo account signs in with one click, and begins where its work is', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in as Sam' }).click();
  await expect(page).toHaveURL('/desk');
  await expect(page.getByRole('heading', { level: 1, name: 'Cases' })).toBeVisible();
});

test('a name is saved, and taken away again', async ({ page, customer }) => {
  await page.goto('/account');
  const name = page.getByRole('textbox', { name: /^Name/ });
  await expect(name).toHaveValue(customer.name);
  await name.fill('Cleo the Second');
  await page.getByRole('button', { name: 'Save the name' }).click();
  await expect(page.getByText('Your name was saved.')).toBeVisible();
  await expect(name).toHaveValue('Cleo the Second');
  await name.fill('');
  await page.getByRole('button', { name: 'Save the name' }).click();
  await expect(page.getByText('Your name was taken away.')).toBeVisible();
  await expect(name).toHaveValue('');
});

test.describe('a colleague', () => {
  test('is invited, signs in by mail, joins, and sees the cases of the organization', async ({ page, customer, openBrowser }) => {
    const address = `colleague-${Date.now()}@example.test`;
    await page.goto('/organization');
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(address);
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await expect(page.getByText('The invitation is on its way.')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Open invitations' })).toContainText(address);

    const theirs = await (await openBrowser()).newPage();
    await followMail(theirs, address);
    await theirs.getByRole('link', { name: 'Sign in to join' }).click();
    await signInByLink(theirs, address);
    await theirs.getByRole('button', { name: /^Join / }).click();
    await expect(theirs.getByRole('region', { name: 'Members (2)' })).toContainText(address);
    await page.reload();
    await expect(page.getByRole('region', { name: 'Members (2)' })).toContainText(address);
    await expect(page.getByRole('region', { name: 'Open invitations' })).toContainText('No invitation is open');
    expect(customer.role).toBe('customer');
  });

  test('who was invited with another address is told so', async ({ page, customer: _, openBrowser }) => {
    const address = `right-${Date.now()}@example.test`;
    await page.goto('/organization');
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(address);
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await expect(page.getByText('The invitation is on its way.')).toBeVisible();
    const wrong = await (await openBrowser(await makeCustomer())).newPage();
    await followMail(wrong, address);
    await wrong.getByRole('button', { name: 'Join the organization' }).click();
    await expect(wrong.getByRole('alert').filter({ hasText: /\.$/ }).first()).toContainText(/another e-mail address|one organization/);
  });

  test('whose invitation is taken back cannot use it', async ({ page, customer: _, openBrowser }) => {
    const address = `taken-back-${Date.now()}@example.test`;
    await page.goto('/organization');
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(address);
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await page.getByRole('button', { name: `Take back the invitation to ${address}` }).click();
    await expect(page.getByText('No invitation is open')).toBeVisible();
    const theirs = await (await openBrowser()).newPage();
    await followMail(theirs, address);
    await theirs.getByRole('link', { name: 'Sign in to join' }).click();
    await signInByLink(theirs, address);
    await expect(theirs.getByRole('heading', { level: 1, name: 'Your organization' })).toBeVisible();
    await expect(theirs.getByRole('button', { name: /^Join / })).toHaveCount(0);
  });
});

test.describe('an administrator', () => {
  test('adds a colleague to the staff, who is told by mail', async ({ page, admin: _, openBrowser }) => {
    const address = `engineer-${Date.now()}@example.test`;
    await page.goto('/desk/staff');
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(address);
    await page.getByRole('region', { name: 'Add a person' }).getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Add this person' }).click();
    await expect(page.getByText(/^The account was made/)).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: address })).toContainText('Open');
    const theirs = await (await openBrowser()).newPage();
    await followMail(theirs, address);
    await signInByLink(theirs, address);
    await expect(theirs).toHaveURL('/desk');
  });

  test('shuts an account, which ends its sessions at once, and opens it again', async ({ page, admin: _, openBrowser }) => {
    const engineer = await makeStaff('support');
    const theirs = await (await openBrowser(engineer)).newPage();
    await theirs.goto('/desk');
    await page.goto('/desk/staff');
    const row = page.getByRole('row').filter({ hasText: engineer.email });
    await row.getByRole('button', { name: /^Shut/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Shut it' }).click();
    await expect(row).toContainText('Shut');
    await theirs.reload();
    await expect(theirs.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    await row.getByRole('button', { name: /^Open again/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Open it' }).click();
    await expect(row.getByRole('button', { name: /^Shut/ })).toBeVisible();
  });
});
