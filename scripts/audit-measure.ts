/**
 * `npx tsx scripts/audit-measure.ts [events]`: how long reading an audit log takes. Fills a scratch database, which is gone afterwards, with
 * events that are chained as the portal chains them (100,000 unless said), verifies it, then changes one in the middle and verifies again.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { GENESIS_HASH } from '@/domain/audit';
import { type ChainRow, hashOf } from '@/server/audit/read-chain';
import { verifyAuditChain } from '@/server/audit/verify-audit-chain';
import { applyMigrations } from './lib/migrations';
import { repositoryRoot } from './lib/repository-root';
import { runOnServer, withScratchPostgres } from './lib/scratch-database';

const BATCH = 2000;

async function fill(url: string, events: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let prevHash = GENESIS_HASH;
  for (let from = 1; from <= events; from += BATCH) {
    const rows: ChainRow[] = [];
    for (let seq = from; seq < Math.min(from + BATCH, events + 1); seq += 1) {
      const event = { seq: String(seq), at: new Date(1_760_000_000_000 + seq * 1000).toISOString(), type: 'file.stored', actorKind: 'user', actorId: randomUUID(), organizationId: randomUUID(), caseId: randomUUID(), fileId: randomUUID(), data: { sizeBytes: seq, segments: 3, note: 'stored' }, prevHash };
      const row = { ...event, hash: hashOf({ ...event, hash: '' }) };
      rows.push(row);
      prevHash = row.hash;
    }
    await client.query('insert into "AuditEvent" select * from json_populate_recordset(null::"AuditEvent", $1::json)', [JSON.stringify(rows)]);
  }
  await client.end();
}

async function measured(what: string): Promise<void> {
  const began = performance.now();
  const verdict = await verifyAuditChain();
  console.log(`${what}: ${((performance.now() - began) / 1000).toFixed(2)} s, ${verdict.intact ? `intact, ${verdict.events} events` : `broken at ${verdict.brokenAt}: ${verdict.why}`}`);
}

const events = Number(process.argv[2] ?? 100_000);
const dataDir = mkdtempSync(join(tmpdir(), 'airlock-measure-'));
try {
  await withScratchPostgres(repositoryRoot, async (server) => {
    await runOnServer(server.url('postgres'), 'create database measure');
    const url = server.url('measure');
    Object.assign(process.env, { DATABASE_URL: url, AIRLOCK_DATA_DIR: dataDir });
    await applyMigrations({ root: repositoryRoot, url });
    await fill(url, events);
    await measured('As written');
    await runOnServer(url, 'alter table "AuditEvent" disable trigger user');
    await runOnServer(url, `update "AuditEvent" set type = 'file.erased' where seq = ${Math.ceil(events / 2)}`);
    await measured('One changed');
  });
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
