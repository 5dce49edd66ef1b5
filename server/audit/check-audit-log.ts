import { type UserActor } from '@/domain/actor';
import { getDb, inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { appendAuditEvent } from './append-audit-event';
import { recordAuditCheck } from './record-audit-check';
import { type ChainVerdict } from './verify-audit-chain';

/** The last verification, by whoever asked for it. Times are ISO 8601, UTC. */
export type AuditCheckView = {
  readonly at: string;
  readonly milliseconds: number;
  readonly isIntact: boolean;
  readonly events: string | null;
  readonly head: string | null;
  readonly anchors: number;
  readonly foreignAnchors: number;
  readonly lastAnchorAt: string | null;
  readonly brokenAt: string | null;
  readonly why: string | null;
};

/** Several who ask at once share one reading of the chain. */
let underWay: Promise<ChainVerdict> | undefined;

/** Verifies the audit log from its first event, keeps the result, and records who asked. Needs `audit:read`. */
export async function checkAuditLog({ actor, now }: { readonly actor: UserActor; readonly now: Date }): Promise<ChainVerdict> {
  requirePermission(actor, 'audit:read');
  underWay ??= recordAuditCheck({ now }).finally(() => {
    underWay = undefined;
  });
  const verdict = await underWay;
  await inTransaction((tx) => appendAuditEvent(tx, now, { type: 'audit.checked', actor, data: verdict.intact ? { intact: true, events: verdict.events } : { intact: false, brokenAt: verdict.brokenAt } }));
  return verdict;
}

/** The last result, by an administrator or by the worker each day; null before the first. Needs `audit:read`. */
export async function getLastAuditCheck({ actor }: { readonly actor: UserActor }): Promise<AuditCheckView | null> {
  requirePermission(actor, 'audit:read');
  const row = await getDb().auditCheck.findFirst({ orderBy: { at: 'desc' } });
  if (!row) return null;
  const { at, milliseconds, isIntact, events, head, anchors, foreignAnchors, lastAnchorAt, brokenAt, why } = row;
  return { at: at.toISOString(), milliseconds, isIntact, events: events?.toString() ?? null, head, anchors, foreignAnchors, lastAnchorAt: lastAnchorAt?.toISOString() ?? null, brokenAt, why };
}
