import { afterAll, describe, expect, it } from 'vitest';
import { closeDb, getDb, inTransaction } from '../db';
import { appendAuditEvent } from './append-audit-event';
import { verifyAuditChain } from './verify-audit-chain';

const actor = { kind: 'system', name: 'test' } as const;
const now = new Date('2026-11-01T10:00:00.123Z');
const append = (count: number) => Promise.all(Array.from({ length: count }, (_, at) => inTransaction((tx) => appendAuditEvent(tx, now, { type: 'case.opened', actor, data: { at, note: 'ü' } }))));

/** Does what only the owner of the table can do, to show that the verifier sees it. */
async function behindItsBack(sql: string): Promise<void> {
  const db = getDb();
  await db.$executeRawUnsafe('alter table "AuditEvent" disable trigger user');
  await db.$executeRawUnsafe(sql);
  await db.$executeRawUnsafe('alter table "AuditEvent" enable trigger user');
}

describe('the audit chain', () => {
  afterAll(closeDb);

  it('holds when many append at once', async () => {
    await append(20);
    expect(await verifyAuditChain()).toMatchObject({ intact: true, events: 20 });
  });

  it('keeps no event of a transaction that failed', async () => {
    await expect(inTransaction(async (tx) => {
      await appendAuditEvent(tx, now, { type: 'case.closed', actor });
      throw new Error('undone');
    })).rejects.toThrow('undone');
    expect(await getDb().auditEvent.count({ where: { type: 'case.closed' } })).toBe(0);
  });

  it.each(['update "AuditEvent" set type = \'x\'', 'delete from "AuditEvent"', 'truncate "AuditEvent"'])('is append-only: the database refuses %s', async (sql) => {
    await expect(getDb().$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
  });

  it('names the link that was changed, and the one that was removed', async () => {
    await behindItsBack(`update "AuditEvent" set data = '{"at": 99}' where seq = 12`);
    expect(await verifyAuditChain()).toEqual({ intact: false, brokenAt: '12', why: 'the event was changed' });
    await behindItsBack('delete from "AuditEvent" where seq = 7');
    expect(await verifyAuditChain()).toEqual({ intact: false, brokenAt: '7', why: 'an event is missing' });
  });
});
