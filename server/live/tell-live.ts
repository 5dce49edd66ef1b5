import { LIVE_CHANNEL } from '../audit/append-audit-event';
import { type Tx } from '../db';

/** Ids of what changed; never names or content. */
export type LiveChange = { readonly organizationId: string; readonly caseId: string; readonly fileId: string };

/** Tells open pages, once `tx` commits, of a change that is no event of the audit log, such as a segment that arrived. */
export async function tellLive(tx: Tx, { organizationId, caseId, fileId }: LiveChange): Promise<void> {
  const told = JSON.stringify({ type: 'file.progress', organizationId, caseId, fileId });
  await tx.$executeRaw`select pg_notify(${LIVE_CHANNEL}, ${told})`;
}
