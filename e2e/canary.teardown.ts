import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { getDb } from '@/server/db';
import { getEnv } from '@/server/env';
import { LOG_FIELDS } from '@/server/logger';
import { outboxFolder, readOutbox } from '@/server/mail/outbox';
import { CANARY } from './support/canary';
import { expect, test } from './support/test';

/**
 * The last step of a browser run, whatever ran in it: nothing that came from people is in any log of the portal, nor in a job that waits or
 * failed (P-LOGS). What to look for is read from the run's own database and outbox.
 */
const logs = path.join(getEnv().AIRLOCK_DATA_DIR, 'logs');
const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);
const FIELDS = new Set(['level', 'time', 'pid', 'msg', ...LOG_FIELDS, 'errorName', 'errorCode', 'at'].map((field) => field.toLowerCase()));
/** Shorter words might stand anywhere by chance. */
const SHORTEST = 8;
/** The log cuts values and takes line breaks out: the beginning of a text stands for all of it. */
const BEGINNING = 60;

function readLogs(): { name: string; text: string }[] {
  const names = readdirSync(logs, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(path.join(logs, name)).isFile());
  return names.map((name) => {
    const bytes = readFileSync(path.join(logs, name));
    return { name, text: (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').toLowerCase() };
  });
}

/** Everything that people gave in this run: names, addresses, file names, what they wrote, and the secrets of links that were mailed. */
async function wordsOfPeople(): Promise<readonly string[]> {
  const db = getDb();
  const address = { select: { email: true } } as const;
  const [people, signatories, addresses, organizations, files, cases, purposes, reasons, outputs, mails] = await Promise.all([
    db.user.findMany({ select: { email: true, name: true } }),
    db.ndaSignatory.findMany({ select: { email: true, name: true } }),
    Promise.all([db.invitation.findMany(address), db.signInToken.findMany(address)]),
    db.organization.findMany({ select: { name: true } }),
    db.diagnosticFile.findMany({ select: { name: true } }),
    db.case.findMany({ select: { title: true, description: true } }),
    Promise.all([db.fileRequest.findMany({ select: { purpose: true } }), db.sharingRequest.findMany({ select: { purpose: true } })]),
    Promise.all([db.rawAccessGrant.findMany({ select: { reason: true } }), db.retentionExtension.findMany({ select: { reason: true } })]),
    db.manualOutput.findMany({ select: { title: true, body: true } }),
    readOutbox(outboxFolder(getEnv().AIRLOCK_DATA_DIR), 200),
  ]);
  const secrets = mails.flatMap(({ text }) => [...text.matchAll(/#([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/g)].map(([, secret]) => secret));
  // One word may be a word of anybody's.
  const names = [...people, ...signatories, ...organizations].map(({ name }) => name).filter((name) => name?.includes(' '));
  // Also of people who were erased meanwhile.
  const emails = [...people, ...signatories, ...addresses.flat()].map(({ email }) => email).concat(mails.map(({ to }) => to));
  const texts = [...cases.flatMap(({ title, description }) => [title, description]), ...purposes.flat().map(({ purpose }) => purpose), ...reasons.flat().map(({ reason }) => reason), ...outputs.flatMap(({ title, body }) => [title, body])];
  const words = [...names, ...emails, ...files.map(({ name }) => name), ...texts, ...secrets].map((word) => Array.from(word?.split('\n')[0]?.trim() ?? '').slice(0, BEGINNING).join(''));
  return [...new Set([CANARY, ...words.filter((word) => word.length >= SHORTEST)].map((word) => word.toLowerCase()))];
}

/** As it may stand in a log: plain, within JSON, or within an address. */
const formsOf = (word: string) => [word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word).toLowerCase()];

/** Which of the words stand in a text, which is of small letters. */
const found = (text: string, words: readonly string[]) => words.filter((word) => formsOf(word).some((form) => text.includes(form)));

test('what is looked for would be found, however it got there', async () => {
  const words = await wordsOfPeople();
  const address = words.find((word) => word.includes('@')) ?? '';
  for (const line of [address, JSON.stringify({ msg: address }), `GET /sign-in?next=${encodeURIComponent(address).toLowerCase()}`]) expect(found(`a line with ${line} in it`, words)).toContain(address);
  expect(found('nothing', words)).toEqual([]);
});

test('nothing that came from people is in a log of this run, and the logs are the portal\'s own', async () => {
  const words = await wordsOfPeople();
  expect(words.length).toBeGreaterThan(3);
  const files = readLogs();
  expect(files.map(({ name }) => name).filter((name) => /^(portal|security)-\d{4}-\d{2}-\d{2}\.\d+\.jsonl$/.test(name)).length).toBeGreaterThan(0);
  for (const { name, text } of files) {
    expect(found(text, words), name).toEqual([]);
    expect(text, name).not.toMatch(/alk_[a-z0-9_-]{40}|x-amz-signature=|bearer [a-z0-9]|\beyj[a-z0-9_-]{20}/);
    expect(mode(path.join(logs, name)), name).toBe('600');
  }
  expect(mode(logs)).toBe('700');
});

test('a line of the portal\'s log has listed fields only, and no address of a machine', () => {
  for (const { name, text } of readLogs().filter((file) => file.name.includes('.jsonl'))) {
    for (const line of text.trim().split('\n').filter(Boolean)) {
      const fields = JSON.parse(line) as Record<string, unknown>;
      expect(Object.keys(fields).filter((field) => !FIELDS.has(field)), name).toEqual([]);
    }
    expect(text, name).not.toMatch(/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|::1\b/);
  }
});

test('nothing that came from people waits in a job', async () => {
  const words = await wordsOfPeople();
  const jobs = await getDb().$queryRaw<{ text: string }[]>`select lower(concat_ws(' ', payload::text, key, last_error)) as text from graphile_worker._private_jobs`;
  for (const { text } of jobs) expect(found(text, words)).toEqual([]);
});
