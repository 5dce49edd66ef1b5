import { type Page } from '@playwright/test';
import { getDb } from '@/server/db';
import { sampleContent } from '@/tests/fixtures/send-file';
import { confirmUnrequested, openSending, pressSend, send, sendingRow, textFile } from '../support/send-page';
import { StorageGate } from '../support/storage-gate';
import { listObjectKeys } from '../support/stored-objects';
import { expect, test } from '../support/test';

/** Makes a script run before every page's own, and reads what it noted. */
const notes = (page: Page) => page.evaluate(() => (window as unknown as { airlockNotes: string[] }).airlockNotes);

test.describe('while something is sent', () => {
  test('the screen stays awake, and a notice tells the end to somebody who looks elsewhere, if they wished so', async ({ page, customer }) => {
    await page.addInitScript(() => {
      const noted: string[] = [];
      Object.assign(window, { airlockNotes: noted });
      class Lock extends EventTarget {
        async release() {
          noted.push('the screen may sleep');
          this.dispatchEvent(new Event('release'));
        }
      }
      Object.defineProperty(navigator, 'wakeLock', { value: { request: async (what: string) => (noted.push(`${what} stays awake`), new Lock()) } });
      class Notice {
        static permission = 'default';
        static async requestPermission() {
          noted.push('asked');
          return (Notice.permission = 'granted');
        }
        constructor(title: string, { body }: { body: string }) {
          noted.push(`${title}: ${body}`);
        }
      }
      Object.assign(window, { Notification: Notice });
    });
    const gate = await StorageGate.before(page.context());
    const made = await openSending(page, customer);
    gate.hold();
    await send(page, textFile('server.log', 'a line\n'));
    await expect.poll(() => gate.holding).toBe(1);
    expect(await notes(page)).toEqual(['screen stays awake']);
    await page.getByRole('button', { name: 'Tell me when it is done' }).click();
    await expect(page.getByText('You will be told when it is done')).toBeVisible();
    await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { value: 'hidden' }));
    await gate.release();
    await expect(sendingRow(page, 'server.log')).toContainText('Verified');
    await expect.poll(async () => (await notes(page)).toSorted()).toEqual([`Sending is done: Case ${made.reference}: 1 file is stored.`, 'asked', 'screen stays awake', 'the screen may sleep']);
  });

  test('a file that was dropped is opened again after a reload, and goes on without being chosen', async ({ page, customer }) => {
    // A file of the page's private file system has the same kind of handle as one of the disk (File System Access).
    const bytes = sampleContent(17 * 1024 * 1024).toString('base64');
    const gate = await StorageGate.before(page.context());
    const made = await openSending(page, customer);
    gate.hold(/\.0003$/);
    await page.evaluate(async (base64) => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle('dropped.hprof', { create: true });
      const writable = await handle.createWritable();
      await writable.write(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
      await writable.close();
      const transfer = new DataTransfer();
      transfer.items.add(await handle.getFile());
      Object.assign(DataTransferItem.prototype, { getAsFileSystemHandle: async () => handle });
      document.querySelector('input[aria-label="Files to send"]')?.parentElement?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, bytes);
    await confirmUnrequested(page);
    await pressSend(page);
    await expect.poll(() => gate.holding).toBe(1);
    await expect.poll(() => listObjectKeys(made.reference)).toHaveLength(2);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await gate.release();
    gate.sent.length = 0;
    await expect(sendingRow(page, 'dropped.hprof')).toContainText('Verified');
    expect(gate.sent.filter((key) => !key.endsWith('.0003')), 'only what was missing is sent').toEqual([]);
  });

  test('a segment that stands still for half a minute is given up and sent again', async ({ page, customer }) => {
    // The page's clock, which is the engine's; it goes on as the real one does until it is told to leap.
    await page.clock.install();
    const gate = await StorageGate.before(page.context());
    const made = await openSending(page, customer);
    gate.hold();
    await send(page, textFile('server.log', 'a line\n'));
    await expect.poll(() => gate.holding).toBe(1);
    await page.clock.fastForward(31_000);
    await expect.poll(() => gate.holding, { message: 'a second attempt' }).toBe(2);
    await gate.release();
    await expect(sendingRow(page, 'server.log')).toContainText('Verified');
    expect(await getDb().segment.count({ where: { file: { caseId: made.id } } })).toBe(1);
  });
});
