import { z } from 'zod';
import { AppError } from '@/domain/errors';
import { ndaDraftText } from '@/domain/nda-template-draft';
import { type Prisma, type Tx } from '../db';
import { PERSON_NAME, personName } from '../user/person-name';

/** What every change of a draft names: the draft, and the revision that its author had before their eyes. */
const ofRevision = { draftId: z.uuid(), revision: z.coerce.number().int().min(1) } as const;
export const endDraftInput = z.strictObject(ofRevision);
export const saveDraftInput = z.strictObject({
  ...ofRevision,
  ...ndaDraftText,
  /** A later revision that is replaced knowingly. */
  replaces: z.coerce.number().int().min(1).optional(),
});
export const publishDraftInput = z.strictObject({
  ...ofRevision,
  /** The version in force with which the difference was shown. */
  comparedWith: z.string().max(20),
});

export const DRAFT_COLUMNS = {
  id: true, title: true, summary: true, bodyMarkdown: true, requiresNewSignature: true, revision: true, createdAt: true, updatedAt: true,
  basedOn: { select: { version: true } }, updatedBy: { select: PERSON_NAME },
} as const satisfies Prisma.NdaTemplateDraftSelect;
export type DraftRow = Prisma.NdaTemplateDraftGetPayload<{ select: typeof DRAFT_COLUMNS }>;

/** The error for a draft that is not as its author saw it: `conflict` where somebody saved it, `nda_wrong_state` where it is published or gone. */
export async function changedMeanwhile(tx: Pick<Tx, 'ndaTemplateDraft'>, draftId: string): Promise<AppError> {
  const row = await tx.ndaTemplateDraft.findUnique({ where: { id: draftId }, select: DRAFT_COLUMNS });
  if (!row) return new AppError('nda_wrong_state', { detail: 'This draft was published or discarded meanwhile, so nothing was done. What you typed stands here still: copy it before you leave the page.' });
  return new AppError('conflict', { detail: `${personName(row.updatedBy) ?? 'Another administrator'} saved this draft while you were at it, so nothing of yours was done and nothing was lost. What you typed stands here still; what was saved meanwhile is compared further down.` });
}

/** The draft of this revision; throws what `changedMeanwhile` gives where there is none. */
export async function requireRevision(tx: Pick<Tx, 'ndaTemplateDraft'>, { draftId, revision }: { draftId: string; revision: number }): Promise<DraftRow> {
  const row = await tx.ndaTemplateDraft.findUnique({ where: { id: draftId }, select: DRAFT_COLUMNS });
  if (row?.revision !== revision) throw await changedMeanwhile(tx, draftId);
  return row;
}
