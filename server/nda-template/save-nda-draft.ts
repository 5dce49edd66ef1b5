import { type z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { appendAuditEvent } from '../audit/append-audit-event';
import { sha256Hex } from '../crypto/secrets';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { changedMeanwhile, type saveDraftInput } from './nda-draft';

/**
 * Saves a draft, whatever problems it still has. Of two administrators who began from the same revision the second is told (`conflict`);
 * what they typed stays with them, and `replaces` names the newer revision that they looked at and replace.
 */
export async function saveNdaDraft({ actor, now, draftId, revision, replaces, title, summary, body, requiresNewSignature }: { actor: UserActor; now: Date } & z.output<typeof saveDraftInput>): Promise<{ revision: number }> {
  requirePermission(actor, 'nda:publish');
  return inTransaction(async (tx) => {
    const seen = replaces ?? revision;
    const data = { title, summary, bodyMarkdown: body, requiresNewSignature: requiresNewSignature === 'on', revision: { increment: 1 }, updatedAt: now, updatedById: actor.userId };
    const { count } = await tx.ndaTemplateDraft.updateMany({ where: { id: draftId, revision: seen }, data });
    if (count !== 1) throw await changedMeanwhile(tx, draftId);
    await appendAuditEvent(tx, now, { type: 'nda_draft.saved', actor, data: { draftId, revision: seen + 1, sha256: sha256Hex(body) } });
    return { revision: seen + 1 };
  });
}
