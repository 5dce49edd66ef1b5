import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outboxFolder, outboxMailer, readOutbox } from './outbox';

let dataDir = '';
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'airlock-outbox-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const mail = (digit: string) => ({ id: `0190f3c6-0000-7000-8000-00000000000${digit}`, to: 'ada@example.test', subject: `Mail ${digit}`, text: 't', html: '<p>t</p>' });

describe('the outbox', () => {
  it('keeps mail for nobody but its owner, newest first', async () => {
    const folder = outboxFolder(dataDir);
    let minute = 0;
    const send = outboxMailer({ folder, from: 'a@example.test', now: () => new Date(Date.UTC(2026, 10, 27, 10, minute++)) });
    await send(mail('1'));
    await send(mail('2'));
    expect((await readOutbox(folder)).map(({ subject }) => subject)).toEqual(['Mail 2', 'Mail 1']);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder)) expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it('is empty before the first mail, and passes over what is not its own', async () => {
    const folder = outboxFolder(dataDir);
    expect(await readOutbox(folder)).toEqual([]);
    await outboxMailer({ folder, from: 'a@example.test' })(mail('1'));
    await writeFile(path.join(folder, '2026-11-27T10-00-00-000Z_0a.json'), '{"broken":');
    await writeFile(path.join(folder, 'notes.txt'), 'x');
    expect(await readOutbox(folder)).toHaveLength(1);
  });
});
