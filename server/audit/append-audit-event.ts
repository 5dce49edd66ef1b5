import { createHash } from 'node:crypto';
import { type Actor } from '@/domain/actor';
import { type AuditData, type AuditType, type ChainedEvent, chainInput, GENESIS_HASH } from '@/domain/audit';
import { type Tx } from '../db';
import { logSecurity } from '../logger';

/** Held by whoever appends, until their transaction ends: the chain has one end. */
const CHAIN_LOCK = 7_325_001;
/** Kinds of events that also stand in the file of security events. */
const SECURITY = /^(session|user|invitation|upload_key|audit|raw_access|sharing)\.|^nda\.code_refused$/;
/** Channel on which open pages hear that something changed; see server/live. */
export const LIVE_CHANNEL = 'airlock_live';

export type NewAuditEvent = {
  readonly type: AuditType;
  readonly actor: Actor;
  readonly organizationId?: string | null;
  readonly caseId?: string | null;
  readonly fileId?: string | null;
  readonly data?: AuditData;
};

/** Who stands in the log for an actor: a pseudonym, never a name or an address. */
export function auditActor(actor: Actor): { actorKind: 'user' | 'upload_key' | 'system' | 'anonymous'; actorId: string | null } {
  switch (actor.kind) {
    case 'user':
      return { actorKind: 'user', actorId: actor.pseudonym };
    case 'upload_key':
      return { actorKind: 'upload_key', actorId: actor.uploadKeyId };
    case 'system':
      return { actorKind: 'system', actorId: actor.name };
    case 'anonymous':
      return { actorKind: 'anonymous', actorId: null };
  }
}

/**
 * The one writer of AuditEvents: appends to the hash chain within `tx`, the transaction of what it records, and tells
 * open pages once that commits. Call it last: it takes the chain's lock until the transaction ends.
 */
export async function appendAuditEvent(tx: Tx, now: Date, event: NewAuditEvent): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${CHAIN_LOCK})`;
  const last = await tx.auditEvent.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true, hash: true } });
  const seq = (last?.seq ?? 0n) + 1n;
  const prevHash = last?.hash ?? GENESIS_HASH;
  const chained: ChainedEvent = {
    seq: seq.toString(),
    at: now.toISOString(),
    type: event.type,
    ...auditActor(event.actor),
    organizationId: event.organizationId ?? null,
    caseId: event.caseId ?? null,
    fileId: event.fileId ?? null,
    data: event.data ?? {},
  };
  const hash = createHash('sha256').update(chainInput(prevHash, chained)).digest('hex');
  await tx.auditEvent.create({
    data: { ...chained, ...auditActor(event.actor), seq, at: now, data: { ...chained.data }, prevHash, hash },
  });
  const told = JSON.stringify({ type: event.type, organizationId: chained.organizationId, caseId: chained.caseId, fileId: chained.fileId });
  await tx.$executeRaw`select pg_notify(${LIVE_CHANNEL}, ${told})`;
  // Before the transaction ends: one that is undone after this leaves the line, and no event.
  if (SECURITY.test(event.type)) logSecurity('info', 'audit-event', { code: event.type, actor: chained.actorId ?? undefined, caseId: chained.caseId ?? undefined, fileId: chained.fileId ?? undefined });
}
