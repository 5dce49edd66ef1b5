import { z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { MAX_NDA_DRAFTS } from '@/domain/nda-template-draft';
import { appendAuditEvent } from '../audit/append-audit-event';
import { splitFrontMatter } from '../content/parse-document';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';

export const makeDraftInput = z.strictObject({ version: z.string().max(20) });

/** A draft with the text of a published version, to be worked on. Unknown version: `not_found`; too many drafts: `conflict`. */
export async function makeNdaDraft({ actor, now, version }: { actor: UserActor; now: Date } & z.output<typeof makeDraftInput>): Promise<{ draftId: string }> {
  requirePermission(actor, 'nda:publish');
  return inTransaction(async (tx) => {
    const base = await tx.ndaTemplate.findUnique({ where: { version }, select: { id: true, title: true, summary: true, bodyMarkdown: true } });
    if (!base) throw new AppError('not_found');
    if ((await tx.ndaTemplateDraft.count()) >= MAX_NDA_DRAFTS) throw new AppError('conflict', { detail: `There are ${MAX_NDA_DRAFTS} drafts already. Publish or discard one first.` });
    const body = `${splitFrontMatter(base.bodyMarkdown).body.trim()}\n`;
    const { id } = await tx.ndaTemplateDraft.create({ data: { basedOnId: base.id, title: base.title, summary: base.summary, bodyMarkdown: body, createdAt: now, updatedAt: now, updatedById: actor.userId }, select: { id: true } });
    await appendAuditEvent(tx, now, { type: 'nda_draft.made', actor, data: { draftId: id, basedOn: version } });
    return { draftId: id };
  });
}
