import { type LiveChange } from '@/domain/live';
import { LIVE_CHANNEL } from '../audit/append-audit-event';
import { type Tx } from '../db';

/** Tells open pages, once `tx` commits, of a change that is no event of the audit log, such as a segment that arrived. */
export async function tellLive(tx: Tx, { organizationId, caseId, fileId }: Omit<LiveChange, 'type'>): Promise<void> {
  const told: LiveChange = { type: 'file.progress', organizationId, caseId, fileId };
  await tx.$executeRaw`select pg_notify(${LIVE_CHANNEL}, ${JSON.stringify(told)})`;
}
