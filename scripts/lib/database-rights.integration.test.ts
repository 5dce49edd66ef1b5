import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReadyCase } from '@/prisma/seed/library';
import { appendAuditEvent } from '@/server/audit/append-audit-event';
import { verifyAuditChain } from '@/server/audit/verify-audit-chain';
import { publishContent } from '@/server/content/publish-content';
import { closeDb, inTransaction } from '@/server/db';
import { excessRights } from '@/server/doctor/excess-rights';
import { enqueueJob } from '@/server/jobs/enqueue-job';
import { prepareQueue } from '@/server/jobs/prepare-queue';
import { startWorker } from '@/worker/start-worker';
import { grantRights, makeAppRole } from './database-rights';

const role = `airlock app "${randomBytes(4).toString('hex')}`;
const ownerUrl = process.env.DATABASE_URL ?? '';
let appUrl: string;

async function as(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  const password = randomBytes(12).toString('hex');
  await makeAppRole({ ownerUrl, role, password: randomBytes(12).toString('hex') });
  // As at every later start: the role is there, and gets the password of the file.
  await makeAppRole({ ownerUrl, role, password });
  await Promise.all([1, 2, 3].map(() => grantRights({ ownerUrl, role })));
  const url = new URL(ownerUrl);
  url.username = encodeURIComponent(role);
  url.password = password;
  appUrl = url.href;
  // From here on the portal's own code is what the web process is: it connects as this role.
  process.env.DATABASE_URL = appUrl;
});
afterAll(async () => {
  await closeDb();
  await as(ownerUrl, `drop owned by ${pg.escapeIdentifier(role)}; drop role ${pg.escapeIdentifier(role)}`);
});

describe('the database role of web and worker', () => {
  it('appends to the audit log, publishes texts, opens cases, queues jobs and works them off', async () => {
    await publishContent({ now: new Date() });
    const { case: made } = await makeReadyCase();
    await inTransaction(async (tx) => {
      await enqueueJob(tx, 'send-notices', {}, { jobKey: 'rights' });
      await appendAuditEvent(tx, new Date(), { type: 'case.opened', actor: { kind: 'system', name: 'test' }, caseId: made.id });
    });
    expect(await verifyAuditChain()).toMatchObject({ intact: true });
    await prepareQueue(appUrl);
    const left = () => as(appUrl, 'select 1 from graphile_worker.jobs where key = \'rights\'');
    expect((await left()).rowCount).toBe(1);
    const worker = await startWorker();
    await expect.poll(async () => (await left()).rowCount, { timeout: 20_000 }).toBe(0);
    await worker.stop();
  });

  it.each([
    'update "AuditEvent" set type = \'x\'', 'delete from "AuditEvent"', 'truncate "AuditEvent"', 'update "PolicyVersion" set title = \'x\'', 'delete from "PolicyAcceptance"', 'update "NdaTemplate" set title = \'x\'',
    'delete from "Receipt"', 'truncate "User" cascade', 'delete from "_prisma_migrations"',
  ])('may not: %s', async (sql) => {
    await expect(as(appUrl, sql)).rejects.toThrow(/permission denied for table/);
  });

  it.each([
    'alter table "AuditEvent" disable trigger user', 'drop table "AuditEvent"', 'drop trigger append_only on "AuditEvent"', 'create table mine (id int)', 'set session_replication_role = replica',
    'create or replace function airlock_refuse_change() returns trigger language plpgsql as $$ begin return new; end $$', 'drop schema graphile_worker cascade', 'create role other',
  ])('cannot get around it by: %s', async (sql) => {
    await expect(as(appUrl, sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('is found in order, and the owner is found to have too much', async () => {
    expect(await excessRights(appUrl)).toEqual([]);
    expect(await excessRights(ownerUrl)).toEqual([expect.stringContaining('superuser')]);
    await as(ownerUrl, `grant update on "AuditEvent" to ${pg.escapeIdentifier(role)}; grant create on schema public to ${pg.escapeIdentifier(role)}`);
    expect(await excessRights(appUrl)).toEqual(['The role may change or remove rows that may never change: AuditEvent.', 'The role may make tables in the schema public.']);
    await grantRights({ ownerUrl, role });
    expect(await excessRights(appUrl)).toEqual([]);
  });

  it('has to be there before rights can be given', async () => {
    await expect(grantRights({ ownerUrl, role: 'airlock_nobody' })).rejects.toThrow(/The rights of the database role "airlock_nobody" cannot be set/);
  });
});
