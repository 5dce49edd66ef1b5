import { type z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { appendAuditEvent } from '../audit/append-audit-event';
import { sha256Hex } from '../crypto/secrets';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { changedMeanwhile, type endDraftInput, requireRevision } from './nda-draft';

/** Throws a draft away, as it was before the eyes of who does so: `conflict` where somebody saved it since. */
export async function discardNdaDraft({ actor, now, draftId, revision }: { actor: UserActor; now: Date } & z.output<typeof endDraftInput>): Promise<void> {
  requirePermission(actor, 'nda:publish');
  await inTransaction(async (tx) => {
    const { bodyMarkdown } = await requireRevision(tx, { draftId, revision });
    const { count } = await tx.ndaTemplateDraft.deleteMany({ where: { id: draftId, revision } });
    if (count !== 1) throw await changedMeanwhile(tx, draftId);
    await appendAuditEvent(tx, now, { type: 'nda_draft.discarded', actor, data: { draftId, revision, sha256: sha256Hex(bodyMarkdown) } });
  });
}
