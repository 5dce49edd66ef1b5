import { type z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { composeNdaSource, nextNdaVersion } from '@/domain/nda-template-draft';
import { appendAuditEvent } from '../audit/append-audit-event';
import { hashSource, splitFrontMatter } from '../content/parse-document';
import { inTransaction, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { findNdaTemplateInForce } from '../nda/nda-template-in-force';
import { lockNdaVersions } from '../nda/publish-nda-templates';
import { checkNdaTemplate } from './check-nda-template';
import { changedMeanwhile, type DraftRow, type publishDraftInput, requireRevision } from './nda-draft';

/** Refuses what is not worth a version, or was compared with another text than the one in force by now. */
async function requireChange(tx: Tx, draft: DraftRow, comparedWith: string, now: Date): Promise<void> {
  const inForce = await findNdaTemplateInForce(tx, now);
  if ((inForce?.version ?? '') !== comparedWith) throw new AppError('conflict', { detail: `Version ${inForce?.version ?? ''} was published meanwhile. Look at what differs from it, then publish.` });
  const isSame = inForce?.title === draft.title && inForce.summary === draft.summary && splitFrontMatter(inForce.bodyMarkdown).body.trim() === draft.bodyMarkdown.trim();
  if (isSame && !draft.requiresNewSignature) throw new AppError('conflict', { detail: `The draft says what version ${comparedWith} says. Change the text before you publish it.` });
}

/**
 * Makes a draft the version in force, at once and for good: what is published never changes. Agreements that nobody has signed are read
 * anew; those in force stay so, and ask for a new signature only where the version is marked. Throws `conflict` for another revision,
 * another version in force, or no change; `validation_failed` for a text with problems.
 */
export async function publishNdaDraft({ actor, now, draftId, revision, comparedWith }: { actor: UserActor; now: Date } & z.output<typeof publishDraftInput>): Promise<{ version: string }> {
  requirePermission(actor, 'nda:publish');
  return inTransaction(async (tx) => {
    await lockNdaVersions(tx);
    const draft = await requireRevision(tx, { draftId, revision });
    const { title, summary, bodyMarkdown: body, requiresNewSignature } = draft;
    const [problem] = checkNdaTemplate({ title, summary, body });
    if (problem) throw new AppError('validation_failed', { detail: `The text cannot be published yet. ${problem.line === null ? '' : `Line ${problem.line}: `}${problem.message}` });
    await requireChange(tx, draft, comparedWith, now);
    const version = nextNdaVersion((await tx.ndaTemplate.findMany({ select: { version: true } })).map((row) => row.version), requiresNewSignature);
    const source = composeNdaSource({ version, title, summary, requiresNewSignature, publishedAt: now, body });
    const sha256 = hashSource(source);
    await tx.ndaTemplate.create({ data: { version, title, summary, sha256, bodyMarkdown: source, requiresNewSignature, publishedAt: now, publishedById: actor.userId } });
    const { count } = await tx.ndaTemplateDraft.deleteMany({ where: { id: draftId, revision } });
    if (count !== 1) throw await changedMeanwhile(tx, draftId);
    await appendAuditEvent(tx, now, { type: 'nda_template.published', actor, data: { version, sha256, draftId, revision, requiresNewSignature } });
    return { version };
  });
}
