import { getDb } from '../db';
import { type ChainVerdict, verifyAuditChain } from './verify-audit-chain';

/** Results that are kept. */
const KEPT = 100;

/** Verifies the whole chain and keeps what came out, for the page that shows the last result. */
export async function recordAuditCheck({ now }: { readonly now: Date }): Promise<ChainVerdict> {
  const began = performance.now();
  const verdict = await verifyAuditChain();
  const milliseconds = Math.round(performance.now() - began);
  const found = verdict.intact
    ? { events: BigInt(verdict.events), head: verdict.head, anchors: verdict.anchors.held, foreignAnchors: verdict.anchors.foreign, lastAnchorAt: verdict.anchors.lastAt }
    : { brokenAt: verdict.brokenAt, kind: verdict.kind, why: verdict.why };
  const db = getDb();
  await db.auditCheck.create({ data: { at: now, isIntact: verdict.intact, milliseconds, ...found } });
  const old = await db.auditCheck.findMany({ orderBy: { at: 'desc' }, skip: KEPT, select: { id: true } });
  await db.auditCheck.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
  return verdict;
}
