import { expect, type Page } from '@playwright/test';

/** Opens the outbox and follows the link of the newest mail to `address`. */
export async function followMail(page: Page, address: string): Promise<void> {
  await page.goto('/dev/outbox');
  // The page looks for new mail by itself; the newest stands first.
  const link = page.locator('section').filter({ has: page.getByText(`To ${address}`, { exact: true }) }).first().getByRole('link');
  await expect(link).toBeVisible({ timeout: 30_000 });
  await link.click();
}

/** Signs in by an e-mail link, as a person does who opened `/sign-in` or was sent there. */
export async function signInByLink(page: Page, address: string): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(address);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Look into your mailbox' })).toBeVisible();
  await followMail(page, address);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
