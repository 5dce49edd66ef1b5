import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Locator, type Page } from '@playwright/test';
import { sampleContent } from '@/tests/fixtures/send-file';
import { pressKey } from '../support/by-keyboard';
import { openSending, sendingRow } from '../support/send-page';
import { StorageGate } from '../support/storage-gate';
import { expect, test } from '../support/test';

const NAME = 'java_pid4711.hprof';
let file: string;
test.beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'airlock-e2e-keyboard-'));
  file = path.join(folder, NAME);
  // Three segments of 8 MiB, the last one shorter.
  await writeFile(file, sampleContent(17 * 1024 * 1024));
});
test.afterAll(() => rm(path.dirname(file), { recursive: true, force: true }));

/** Chooses the file and sends it; every key is one that a person presses. */
async function sendByKeyboard(page: Page): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await pressKey(page, page.getByRole('button', { name: 'Choose files' }));
  await (await asked).setFiles(file);
  await pressKey(page, page.getByRole('checkbox', { name: /^Nobody asked for/ }), 'Space');
  await pressKey(page, page.getByRole('button', { name: /^Send this file/ }));
  await expect(page.getByRole('region', { name: 'Sending' })).toBeFocused();
}

test('a file is sent, paused, gone on with and cancelled by the keyboard alone, and each of it is said', async ({ page, customer }) => {
  const gate = await StorageGate.before(page.context());
  await openSending(page, customer);
  // The page hears of changes from the moment in which its buttons work.
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  gate.hold(/\.000[123]$/);
  await sendByKeyboard(page);
  const said = page.getByRole('status').filter({ hasText: NAME });
  await expect(said).toHaveText(`${NAME} is being sent.`);
  expect(await said.getAttribute('aria-live')).toBe('polite');
  const [pause, resume] = ['Pause', 'Resume'].map((word) => page.getByRole('button', { name: `${word} ${NAME}` })) as [Locator, Locator];

  await pressKey(page, pause);
  await expect(said).toHaveText(`${NAME} is paused.`);
  await expect(resume, 'the focus stays where it was').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(said).toHaveText(`${NAME} goes on.`);
  await expect(pause).toBeFocused();

  const cancel = page.getByRole('button', { name: `Cancel ${NAME}` });
  const question = page.getByRole('dialog', { name: 'Cancel sending this file?' });
  await pressKey(page, cancel);
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(cancel, 'the focus is back where it was').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toBeVisible();
  // As quick as Enter can follow on Escape: the dialog has closed, and its event that says so is still to come.
  await question.evaluate(async (dialog: HTMLDialogElement) => {
    dialog.requestClose();
    await Promise.resolve();
    (document.activeElement as HTMLElement).click();
  });
  await pressKey(page, question.getByRole('button', { name: 'Cancel sending' }));
  await expect(said).toHaveText(`${NAME} is cancelled.`);
  const take = page.getByRole('button', { name: `Take ${NAME} from this list` });
  await expect(take).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Sending' })).toBeHidden();

  await gate.release();
  gate.hold(/\.0003$/);
  await sendByKeyboard(page);
  await expect(said).toHaveText(`${NAME}: 90 percent.`);
  await expect(page.getByRole('progressbar', { name: `Progress of ${NAME}` })).toHaveAttribute('value', /^9\d$/);
  await gate.release();
  await expect(said).toHaveText(`${NAME} is stored.`);
  await expect(sendingRow(page, NAME)).toContainText('Verified');
  await pressKey(page, sendingRow(page, NAME).getByRole('link', { name: 'Receipt' }));
  await expect(page).toHaveURL(/\/receipt$/);
});
