import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type MailMessage, oneLine, type SendMail } from './mail-message';

/** The demo outbox: mail as files that nobody but the portal's own user can read (0600 in a 0700 folder). */
const outboxMail = z.strictObject({ id: z.string(), at: z.iso.datetime(), from: z.string(), to: z.string(), subject: z.string(), text: z.string(), html: z.string() });
export type OutboxMail = z.infer<typeof outboxMail>;

const KEPT = 200;
const NAME = /^\d{4}-[0-9TZ-]+_[0-9a-f-]+\.json$/;

/** The folder of the outbox below AIRLOCK_DATA_DIR. */
export function outboxFolder(dataDir: string): string {
  return path.join(dataDir, 'outbox');
}

async function newestFirst(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => NAME.test(name)).sort().reverse();
}

/** "Sends" by writing a file; a mail that is sent twice overwrites itself. Keeps the newest 200. */
export function outboxMailer({ folder, from, now = () => new Date() }: { folder: string; from: string; now?: () => Date }): SendMail {
  return async (message: MailMessage) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const at = now().toISOString();
    const mail: OutboxMail = { ...message, at, from, subject: oneLine(message.subject) };
    const file = path.join(folder, `${at.replace(/[:.]/g, '-')}_${message.id}.json`);
    const written = `${file}.${process.pid}.part`;
    await writeFile(written, JSON.stringify(mail, null, 2), { mode: 0o600 });
    await rename(written, file);
    for (const old of (await newestFirst(folder)).slice(KEPT)) await rm(path.join(folder, old), { force: true });
  };
}

/** The newest mails of the outbox, newest first. A file that is not one of ours is passed over. */
export async function readOutbox(folder: string, limit = 50): Promise<OutboxMail[]> {
  const mails: OutboxMail[] = [];
  for (const name of (await newestFirst(folder)).slice(0, limit)) {
    try {
      mails.push(outboxMail.parse(JSON.parse(await readFile(path.join(folder, name), 'utf8'))));
    } catch {
      continue;
    }
  }
  return mails;
}
