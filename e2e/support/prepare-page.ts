import { expect, type Page } from '@playwright/test';
import { chooseFiles, textFile } from './send-page';

/** What is done on a page of the gallery before it is looked at. */
export const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
export const pressAndSee = (name: string | RegExp, heading: string) => async (page: Page) => {
  await press(name)(page);
  await expect(page.getByRole('heading', { name: heading })).toBeVisible();
};
export const REFUSED = 'Correct these and send it again';

export async function stageFiles(page: Page): Promise<void> {
  await chooseFiles(page, [textFile('catalina.out', '2026-11-27 INFO started\n'), textFile(`${'a'.repeat(240)}.log`, 'x\n'), textFile('بيانات 🔥.sql', '-- PostgreSQL database dump\n'), textFile('empty.txt', '')]);
  await press(/^Send these 4 files/)(page);
  await expect(page.getByText('Tick the box, or take out the files that nobody asked for.')).toBeVisible();
}

/** Storage does not take anything, so that the line of the file stays as it is. */
export async function pauseInTheMiddle(page: Page): Promise<void> {
  await page.getByText('Live', { exact: true }).waitFor();
  await page.context().route(/X-Amz-Signature=/, () => undefined);
  await chooseFiles(page, [textFile('catalina.out', 'a line of a log\n'.repeat(100_000)), textFile('server.log', 'a line of a log\n')]);
  await page.getByRole('checkbox', { name: /^Nobody asked for/ }).check();
  await press(/^Send these 2 files/)(page);
  await press('Pause catalina.out')(page);
  await expect(page.getByRole('button', { name: 'Resume catalina.out' })).toBeVisible();
}

export async function checkUnsigned(page: Page): Promise<void> {
  await page.getByLabel('PDF to check').setInputFiles({ name: `${'an-agreement-with-a-long-name-'.repeat(6)}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 without a signature') });
  await press('Check its signatures: send the file')(page);
  await expect(page.getByText('UNSIGNED: no electronic signature')).toBeVisible();
}

export async function makeCurlLine(page: Page): Promise<void> {
  await press('Make the curl line')(page);
  await expect(page.getByRole('heading', { name: REFUSED })).toBeVisible();
  await page.getByLabel('Name of the .gz file').fill(`${"it's-a-long-name-".repeat(8)}.log.gz`);
  await page.getByLabel('Size in bytes').fill('5000000000');
  await page.getByRole('textbox', { name: 'SHA-256' }).fill('a'.repeat(64));
  await page.getByLabel('What is it?').selectOption('other');
  await page.getByLabel(/^If nobody asked for this kind/).check();
  await press('Make the curl line')(page);
  await expect(page.getByRole('region', { name: 'The curl line' })).toBeVisible();
}

export async function setTooLong(page: Page): Promise<void> {
  await page.getByLabel('Raw files, days').fill('8');
  await press('Set the periods')(page);
  await expect(page.getByRole('heading', { name: REFUSED })).toBeVisible();
}

export async function readTheChain(page: Page): Promise<void> {
  await press('Read the chain now')(page);
  await expect(page.getByText('The chain is intact')).toBeVisible();
}
