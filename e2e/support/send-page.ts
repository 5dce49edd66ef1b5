import { type Locator, type Page } from '@playwright/test';
import { makeReadyCase, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';

/** A file by its path, or one made in memory (below 50 MB). */
export type Chosen = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** Chooses files on the page for sending, as the system's dialog does. */
export async function chooseFiles(page: Page, files: Chosen | Chosen[]): Promise<void> {
  await page.getByLabel('Files to send').setInputFiles(files as string[]);
}

export const textFile = (name: string, text: string): Chosen => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

/** Ticks that what nobody asked for is needed. */
export async function confirmUnrequested(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /^Nobody asked for/ }).check();
}

/** Presses Send. */
export async function pressSend(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Send (this file|these \d+ files)/ }).click();
}

/** The line of a file that is being sent or was sent. */
export function sendingRow(page: Page, name: string): Locator {
  return page.getByRole('region', { name: 'Sending' }).getByRole('listitem').filter({ hasText: name });
}

/** The line of a chosen file, before it is sent. */
export function chosenRow(page: Page, name: string): Locator {
  return page.getByRole('region', { name: 'Ready to send' }).getByRole('listitem').filter({ hasText: name });
}

const MARK = 'airlockE2eSameDocument';

/** Marks the document, so that `isSameDocument` tells whether the page was loaded anew since. */
export async function markDocument(page: Page): Promise<void> {
  await page.evaluate((mark) => Object.assign(window, { [mark]: true }), MARK);
}

export async function isSameDocument(page: Page): Promise<boolean> {
  return page.evaluate((mark) => mark in window, MARK);
}

/** Opens the page for sending of a new case that may send. */
export async function openSending(page: Page, customer: SeedUser): Promise<{ id: string; reference: string }> {
  const { case: made } = await makeReadyCase({ openedBy: customer });
  await page.goto(`/cases/${made.reference}/files/new`);
  return made;
}

/** Chooses files that nobody asked for and sends them. */
export async function send(page: Page, files: Chosen | Chosen[]): Promise<void> {
  await chooseFiles(page, files);
  await confirmUnrequested(page);
  await pressSend(page);
}

/** The first file of a case, as the database has it. */
export async function fileOf(caseId: string) {
  return getDb().diagnosticFile.findFirstOrThrow({ where: { caseId }, include: { receipt: true } });
}
