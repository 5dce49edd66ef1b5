import { z } from 'zod';
import { type Actor } from '@/domain/actor';
import { canonicalJson } from '@/domain/audit';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { appendAuditEvent } from './append-audit-event';
import { type ChainRow, openChain } from './read-chain';

/** One line of an export: everything that the hash covers, the hash itself and the one before. Strict, as what is read back from a file has to be. */
const exportedEvent = z.strictObject({
  seq: z.string(), at: z.string(), type: z.string(), actorKind: z.string(), actorId: z.string().nullable(), organizationId: z.string().nullable(), caseId: z.string().nullable(), fileId: z.string().nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])), prevHash: z.string(), hash: z.string(),
});

/**
 * The audit log as JSON lines (one event a line, the first first), in pieces, from `fromSeq` on. Exporting is an event itself, and the last
 * line of its own export. Needs `audit:read`, or is a command on the server. No names: people are pseudonyms.
 */
export async function exportAuditLog({ actor, now, fromSeq = '1' }: { readonly actor: Actor; readonly now: Date; readonly fromSeq?: string }): Promise<AsyncGenerator<string>> {
  if (actor.kind !== 'system') requirePermission(actor, 'audit:read');
  await inTransaction((tx) => appendAuditEvent(tx, now, { type: 'audit.exported', actor, data: { from: fromSeq } }));
  return linesFrom(fromSeq);
}

/** The connection is held while somebody reads, and goes with the generator's end, also one that comes early. */
async function* linesFrom(fromSeq: string): AsyncGenerator<string> {
  const chain = await openChain();
  try {
    for await (const rows of chain.pages(fromSeq)) yield rows.map((row) => `${canonicalJson(row)}\n`).join('');
  } finally {
    await chain.close();
  }
}

/** Reads exported lines back. Throws ZodError or SyntaxError for a line that is none. */
export function parseExportedEvent(line: string): ChainRow {
  return exportedEvent.parse(JSON.parse(line));
}
