import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCustomer, makeUser } from '@/prisma/seed/library';
import { type LocalAuthority, startTimestampAuthority } from '@/tests/fixtures/timestamp-authority';
import { closeDb, getDb, inTransaction } from '../db';
import { getEnv } from '../env';
import { Patience } from '../esign/patience';
import { readTimestamp } from '../esign/read-timestamp';
import { getReceiptKey, parseReceiptKey, readPublicHalf } from '../receipt/receipt-key';
import { anchorAuditLog } from './anchor-audit-log';
import { appendAuditEvent } from './append-audit-event';
import { anchorFolder, readAnchors, writeAnchor } from './audit-anchors';
import { checkAuditLog, getLastAuditCheck } from './check-audit-log';
import { exportAuditLog, parseExportedEvent } from './export-audit-log';
import { type ChainRow, hashOf } from './read-chain';
import { verifyAuditChain, verifyExportedChain } from './verify-audit-chain';

const actor = { kind: 'system', name: 'test' } as const;
const now = new Date('2026-11-01T10:00:00.123Z');
const append = async (count: number) => {
  for (let at = 0; at < count; at += 1) await inTransaction((tx) => appendAuditEvent(tx, now, { type: 'case.opened', actor, data: { at, note: 'ü' } }));
};

/** Does what only the owner of the table can do, to show that the verifier sees it. */
async function behindItsBack(...statements: string[]): Promise<void> {
  const db = getDb();
  for (const sql of ['alter table "AuditEvent" disable trigger user', ...statements, 'alter table "AuditEvent" enable trigger user']) await db.$executeRawUnsafe(sql);
}
const renumber = (from: number, by: number) => [`update "AuditEvent" set seq = -(seq + ${by}) where seq >= ${from}`, 'update "AuditEvent" set seq = -seq where seq < 0'];
const copyOf = (seq: number, at: number) => `insert into "AuditEvent" select ${at}, "at", type, "actorKind", "actorId", "organizationId", "caseId", "fileId", data, repeat('a', 64), repeat('b', 64) from "AuditEvent" where seq = ${seq}`;

beforeEach(async () => {
  await behindItsBack('truncate "AuditEvent"');
  await getDb().auditCheck.deleteMany();
  rmSync(anchorFolder(), { recursive: true, force: true });
});
afterAll(closeDb);

describe('the audit chain', () => {
  it('holds when many append at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, at) => inTransaction((tx) => appendAuditEvent(tx, now, { type: 'case.opened', actor, data: { at } }))));
    expect(await verifyAuditChain()).toMatchObject({ intact: true, events: 20 });
  });

  it('keeps no event of a transaction that failed', async () => {
    await expect(inTransaction(async (tx) => {
      await appendAuditEvent(tx, now, { type: 'case.closed', actor });
      throw new Error('undone');
    })).rejects.toThrow('undone');
    expect(await getDb().auditEvent.count()).toBe(0);
  });

  it.each(['update "AuditEvent" set type = \'x\'', 'delete from "AuditEvent"', 'truncate "AuditEvent"'])('is append-only: the database refuses %s', async (sql) => {
    await append(1);
    await expect(getDb().$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
  });
});

describe('the verifier names the first link that does not hold', () => {
  beforeEach(() => append(12));

  it.each([
    ['was changed', ['update "AuditEvent" set data = \'{"at": 99}\' where seq = 7'], { brokenAt: '7', kind: 'changed', why: 'the event was changed' }],
    ['was changed in its time alone', ['update "AuditEvent" set at = at + interval \'1 ms\' where seq = 7'], { brokenAt: '7', kind: 'changed' }],
    ['got another actor', ['update "AuditEvent" set "actorId" = \'other\' where seq = 1'], { brokenAt: '1', kind: 'changed' }],
    ['was removed', ['delete from "AuditEvent" where seq = 7'], { brokenAt: '7', kind: 'removed', why: 'an event is missing' }],
    ['was removed with its neighbours', ['delete from "AuditEvent" where seq in (1, 2, 3)'], { brokenAt: '1', kind: 'removed', why: '3 events are missing' }],
    ['was removed, and the later ones renumbered', ['delete from "AuditEvent" where seq = 7', ...renumber(8, -1)], { brokenAt: '7', kind: 'removed' }],
    ['changed places with its neighbour', ['update "AuditEvent" set seq = 100 where seq = 7', 'update "AuditEvent" set seq = 7 where seq = 8', 'update "AuditEvent" set seq = 8 where seq = 100'], { brokenAt: '7', kind: 'swapped', why: 'it changed places with event 8' }],
    ['changed places with a later one', ['update "AuditEvent" set seq = 100 where seq = 3', 'update "AuditEvent" set seq = 3 where seq = 9', 'update "AuditEvent" set seq = 9 where seq = 100'], { brokenAt: '3', kind: 'swapped', why: 'it changed places with event 9' }],
    ['was put in, with hashes out of the air', [...renumber(7, 1), copyOf(3, 7)], { brokenAt: '7', kind: 'inserted' }],
    ['was put in before the first', [copyOf(3, 0)], { brokenAt: '0', kind: 'inserted' }],
  ])('where an event %s', async (_how, statements, expected) => {
    await behindItsBack(...statements);
    expect(await verifyAuditChain()).toMatchObject({ intact: false, ...expected });
  });

  it('where an event was put in that is chained as it should be', async () => {
    await behindItsBack(...renumber(7, 1));
    const before = await getDb().auditEvent.findUniqueOrThrow({ where: { seq: 6n } });
    const row: ChainRow = { seq: '7', at: now.toISOString(), type: 'case.closed', actorKind: 'system', actorId: 'test', organizationId: null, caseId: null, fileId: null, data: {}, prevHash: before.hash, hash: '' };
    await getDb().auditEvent.create({ data: { ...row, seq: 7n, at: now, actorKind: 'system', data: {}, hash: hashOf(row) } });
    expect(await verifyAuditChain()).toMatchObject({ intact: false, brokenAt: '7', kind: 'inserted' });
  });
});

describe('an anchor', () => {
  const day = (of: number) => new Date(Date.UTC(2026, 10, of, 3, 7));
  beforeEach(() => append(5));

  it('is a signed file a day, for its owner alone, and the first of a day stays', async () => {
    expect(await anchorAuditLog({ now: day(1) })).toBe('anchored');
    await append(1);
    expect(await anchorAuditLog({ now: new Date(day(1).getTime() + 3_600_000) })).toBe('kept');
    expect(await anchorAuditLog({ now: day(2) })).toBe('anchored');
    expect(readAnchors().map((stored) => stored.state === 'held' && stored.anchor.seq)).toEqual(['5', '6']);
    expect(await verifyAuditChain()).toMatchObject({ intact: true, anchors: { held: 2, foreign: 0, lastAt: day(2).toISOString() } });
    expect((statSync(anchorFolder()).mode & 0o777).toString(8)).toBe('700');
    for (const name of readdirSync(anchorFolder())) expect((statSync(path.join(anchorFolder(), name)).mode & 0o777).toString(8)).toBe('600');
  });

  it('shows an end that was cut off', async () => {
    await anchorAuditLog({ now: day(1) });
    await behindItsBack('delete from "AuditEvent" where seq > 3');
    expect(await verifyAuditChain()).toEqual({ intact: false, brokenAt: '4', kind: 'cut_off', why: `the end was cut off: the anchor of ${day(1).toISOString()} has seen event 5` });
    expect(await anchorAuditLog({ now: day(2) })).toBe('broken');
    expect(readAnchors()).toHaveLength(1);
  });

  it('shows a chain that was computed anew', async () => {
    await anchorAuditLog({ now: day(1) });
    await behindItsBack('truncate "AuditEvent"');
    await append(4);
    await inTransaction((tx) => appendAuditEvent(tx, now, { type: 'case.closed', actor }));
    await append(3);
    expect(await verifyAuditChain()).toMatchObject({ intact: false, brokenAt: '5', kind: 'rewritten' });
  });

  it('that was changed is named, and one of another key is not believed', async () => {
    await anchorAuditLog({ now: day(1) });
    const file = path.join(anchorFolder(), '2026-11-01.json');
    const other = parseReceiptKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    writeAnchor({ seq: '99', hash: 'a'.repeat(64), now: day(2), key: other });
    expect(await verifyAuditChain()).toMatchObject({ intact: true, anchors: { held: 1, foreign: 1 } });
    // With the keys named, the one that was replaced too, what it signed counts.
    const keys = [readPublicHalf(getReceiptKey().publicPem), readPublicHalf(other.publicPem)].filter((key) => key !== null);
    expect(await verifyAuditChain(keys)).toMatchObject({ intact: false, brokenAt: '6', kind: 'cut_off' });
    writeFileSync(file, readFileSync(file, 'utf8').replace('\\"seq\\":\\"5\\"', '\\"seq\\":\\"4\\"'));
    expect(await verifyAuditChain()).toMatchObject({ intact: false, kind: 'anchor', why: 'the anchor 2026-11-01.json is not what the portal signed' });
  });

  it('is missed where a stranger\'s file took its place, and the chain is read all the same', async () => {
    const other = parseReceiptKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    writeAnchor({ seq: '99', hash: 'a'.repeat(64), now: day(1), key: other });
    expect(await anchorAuditLog({ now: day(1) })).toBe('kept');
    await behindItsBack('delete from "AuditEvent" where seq = 3');
    expect(await anchorAuditLog({ now: day(1) })).toBe('broken');
  });

  it('is not made of a log without events', async () => {
    await behindItsBack('truncate "AuditEvent"');
    expect(await anchorAuditLog({ now: day(1) })).toBe('empty');
  });
});

describe('an anchor at a timestamp authority', () => {
  let authority: LocalAuthority;
  beforeAll(async () => {
    authority = await startTimestampAuthority(mkdtempSync(path.join(getEnv().AIRLOCK_DATA_DIR, 'tsa-')));
  });
  afterAll(() => authority.stop());
  const asked = () => ({ url: authority.url, patience: new Patience(20_000) });

  it('gets a token over its signature, at a later hour where the authority does not answer at first', async () => {
    const today = new Date();
    const token = path.join(anchorFolder(), `${today.toISOString().slice(0, 10)}.tst`);
    await append(1);
    authority.behave({ kind: 'says', status: 503, body: new Uint8Array() });
    expect(await anchorAuditLog({ now: today, authority: asked() })).toBe('anchored');
    expect(existsSync(token)).toBe(false);
    authority.behave({ kind: 'honest' });
    expect(await anchorAuditLog({ now: today, authority: asked() })).toBe('kept');
    const [stored] = readAnchors();
    expect(stored?.state).toBe('held');
    if (stored?.state === 'held') expect(readTimestamp(readFileSync(token), { signatureValue: stored.signature }).authority).not.toBe('');
  });
});

describe('on the page of the audit log', () => {
  it('an administrator sees the last result, and asks for a new one, which is an event itself', async () => {
    const admin = (await makeUser({ role: 'admin' })).actor;
    await append(3);
    expect(await checkAuditLog({ actor: admin, now })).toMatchObject({ intact: true, events: 3 });
    expect(await getLastAuditCheck({ actor: admin })).toMatchObject({ isIntact: true, events: '3', at: now.toISOString() });
    await behindItsBack('update "AuditEvent" set type = \'x\' where seq = 2');
    const later = new Date(now.getTime() + 1000);
    expect(await checkAuditLog({ actor: admin, now: later })).toMatchObject({ intact: false, brokenAt: '2' });
    expect(await getLastAuditCheck({ actor: admin })).toMatchObject({ isIntact: false, brokenAt: '2', why: 'the event was changed' });
    expect(await getDb().auditEvent.findMany({ where: { type: 'audit.checked' }, orderBy: { seq: 'asc' }, select: { actorId: true, data: true } })).toEqual([
      { actorId: admin.pseudonym, data: { intact: true, events: 3 } }, { actorId: admin.pseudonym, data: { intact: false, brokenAt: '2' } },
    ]);
  });

  it('nobody else sees, checks or exports anything', async () => {
    for (const user of [await makeCustomer(), await makeUser({ role: 'support' }), await makeUser({ role: 'data_admin' })]) {
      await expect(checkAuditLog({ actor: user.actor, now })).rejects.toMatchObject({ code: 'not_found' });
      await expect(getLastAuditCheck({ actor: user.actor })).rejects.toMatchObject({ code: 'not_found' });
      await expect(exportAuditLog({ actor: user.actor, now })).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('an export', () => {
  const linesOf = async (from?: string) => {
    let text = '';
    for await (const part of await exportAuditLog({ actor, now, fromSeq: from })) text += part;
    return text.trimEnd().split('\n');
  };
  async function* pages(lines: readonly string[]) {
    for (const line of lines) yield [parseExportedEvent(line)];
  }

  it('has every event as a line, its own last, and can be verified without the database', async () => {
    await append(4);
    const lines = await linesOf();
    expect(lines).toHaveLength(5);
    expect(parseExportedEvent(lines[4] ?? '')).toMatchObject({ seq: '5', type: 'audit.exported', actorId: 'test' });
    expect(await verifyExportedChain(pages(lines), [])).toMatchObject({ intact: true, events: 5 });
    expect(await verifyExportedChain(pages(lines.toSpliced(2, 1)), [])).toMatchObject({ intact: false, brokenAt: '3', kind: 'removed' });
    expect((await linesOf('4')).map((line) => parseExportedEvent(line).seq)).toEqual(['4', '5', '6']);
  });

  it('that is older than an anchor still holds, and says what it could not be compared with', async () => {
    await append(3);
    const early = await linesOf();
    const beforeIt = new Date(now.getTime() - 1000);
    await append(1);
    await anchorAuditLog({ now: new Date(now.getTime() + 86_400_000) });
    expect(await verifyExportedChain(pages(early), readAnchors())).toMatchObject({ intact: true, events: 4, anchors: { held: 0, newer: 1, lastAt: null } });
    expect(await verifyExportedChain(pages(await linesOf()), readAnchors())).toMatchObject({ intact: true, anchors: { newer: 1 } });
    writeAnchor({ seq: '9', hash: 'a'.repeat(64), now: beforeIt });
    expect(await verifyExportedChain(pages(early), readAnchors())).toMatchObject({ intact: false, brokenAt: '5', kind: 'cut_off' });
  });

  it('gives its connection back when its reader leaves', async () => {
    await append(2);
    const parts = await exportAuditLog({ actor, now });
    await parts.next();
    await parts.return(undefined);
    const held = () => getDb().$queryRaw`select 1 from pg_stat_activity where datname = current_database() and application_name = 'airlock audit'`;
    await expect.poll(held, { timeout: 20_000 }).toEqual([]);
  });
});
