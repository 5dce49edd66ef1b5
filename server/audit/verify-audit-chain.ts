import { createHash } from 'node:crypto';
import { type AuditData, chainInput, GENESIS_HASH } from '@/domain/audit';
import { getDb } from '../db';

const PAGE = 5000;

export type ChainVerdict = { readonly intact: true; readonly events: number; readonly head: string } | { readonly intact: false; readonly brokenAt: string; readonly why: string };

/** Reads the chain from its first event and names the first link that does not hold: changed, removed, swapped or inserted. */
export async function verifyAuditChain(): Promise<ChainVerdict> {
  let expectedSeq = 1n;
  let head = GENESIS_HASH;
  for (;;) {
    const rows = await getDb().auditEvent.findMany({ where: { seq: { gte: expectedSeq } }, orderBy: { seq: 'asc' }, take: PAGE });
    for (const row of rows) {
      const at = expectedSeq.toString();
      if (row.seq !== expectedSeq) return { intact: false, brokenAt: at, why: 'an event is missing' };
      if (row.prevHash !== head) return { intact: false, brokenAt: at, why: 'the link to the event before does not hold' };
      const { prevHash, hash, seq, at: time, data, ...rest } = row;
      const computed = createHash('sha256')
        .update(chainInput(prevHash, { ...rest, seq: seq.toString(), at: time.toISOString(), data: data as AuditData }))
        .digest('hex');
      if (computed !== hash) return { intact: false, brokenAt: at, why: 'the event was changed' };
      head = hash;
      expectedSeq += 1n;
    }
    if (rows.length < PAGE) return { intact: true, events: Number(expectedSeq - 1n), head };
  }
}
