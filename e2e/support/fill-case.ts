import { type Page } from '@playwright/test';

/** Fills in the form that opens a case; nothing is sent. */
export async function fillCase(page: Page, title: string, description = 'It stops.'): Promise<void> {
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByRole('textbox', { name: 'Product' }).fill('Example Server');
  await page.getByRole('textbox', { name: 'Version' }).fill('8.3.1');
  await page.getByRole('radio', { name: 'Production', exact: true }).check();
  await page.getByRole('group', { name: 'How severe is it?' }).getByRole('radio').first().check();
  await page.getByRole('textbox', { name: 'What happened?' }).fill(description);
}
