import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { diffLines, type DiffLine } from '@/domain/line-diff';
import { nextNdaVersion, type TemplateProblem } from '@/domain/nda-template-draft';
import { isUuid } from '@/domain/uuid';
import { hashSource, splitFrontMatter } from '../content/parse-document';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { findNdaTemplateInForce } from '../nda/nda-template-in-force';
import { renderNdaPdf } from '../nda/render-nda-pdf';
import { vendorFields } from '../nda/vendor-fields';
import { personName } from '../user/person-name';
import { checkNdaTemplate } from './check-nda-template';
import { DRAFT_COLUMNS, type DraftRow } from './nda-draft';

/** Times are ISO 8601 in UTC. */
export type DraftItem = { readonly id: string; readonly title: string; readonly basedOn: string; readonly revision: number; readonly requiresNewSignature: boolean; readonly savedAt: string; readonly savedBy: string | null };
export type DraftView = DraftItem & {
  readonly summary: string;
  readonly body: string;
  readonly problems: readonly TemplateProblem[];
  /** The version in force, empty where there is none, and what the draft would change in it. */
  readonly inForce: string;
  readonly difference: readonly DiffLine[];
  /** The number that it gets once it is published. */
  readonly nextVersion: string;
};

const toItem = ({ id, title, basedOn, revision, requiresNewSignature, updatedAt, updatedBy }: DraftRow): DraftItem => ({ id, title, basedOn: basedOn.version, revision, requiresNewSignature, savedAt: updatedAt.toISOString(), savedBy: personName(updatedBy) });

/** The drafts, the latest first. */
export async function listNdaDrafts({ actor }: { actor: UserActor }): Promise<readonly DraftItem[]> {
  requirePermission(actor, 'nda:publish');
  return (await getDb().ndaTemplateDraft.findMany({ orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }], select: DRAFT_COLUMNS })).map(toItem);
}

async function loadDraft(actor: UserActor, draftId: string): Promise<DraftRow> {
  requirePermission(actor, 'nda:publish');
  const row = isUuid(draftId) ? await getDb().ndaTemplateDraft.findUnique({ where: { id: draftId }, select: DRAFT_COLUMNS }) : null;
  if (!row) throw new AppError('not_found');
  return row;
}

/** Title and summary belong to what is signed, so they stand above the text in the comparison. */
const compared = ({ title, summary, body }: { title: string; summary: string; body: string }) => `Title: ${title}\nSummary: ${summary}\n\n${body.trim()}\n`;

/** A draft with all that its page shows. Unknown and forbidden: `not_found`. */
export async function getNdaDraft({ actor, now, draftId }: { actor: UserActor; now: Date; draftId: string }): Promise<DraftView> {
  const row = await loadDraft(actor, draftId);
  const { title, summary, bodyMarkdown: body } = row;
  const db = getDb();
  const [inForce, versions] = await Promise.all([findNdaTemplateInForce(db, now), db.ndaTemplate.findMany({ select: { version: true } })]);
  const before = inForce ? compared({ title: inForce.title, summary: inForce.summary, body: splitFrontMatter(inForce.bodyMarkdown).body }) : '';
  return {
    ...toItem(row),
    summary,
    body,
    problems: checkNdaTemplate({ title, summary, body }),
    inForce: inForce?.version ?? '',
    difference: diffLines(before, compared({ title, summary, body })),
    nextVersion: nextNdaVersion(versions.map(({ version }) => version), row.requiresNewSignature),
  };
}

/** A saved draft as its PDF would be. Throws `validation_failed` for a text with problems, `not_found`. */
export async function getNdaDraftPdf({ actor, draftId }: { actor: UserActor; draftId: string }): Promise<{ pdf: Uint8Array; fileName: string }> {
  const { title, summary, bodyMarkdown: body, revision } = await loadDraft(actor, draftId);
  if (checkNdaTemplate({ title, summary, body }).length > 0) throw new AppError('validation_failed', { detail: 'The draft has problems that its page names. Solve them, then look at the PDF.' });
  const pdf = await renderNdaPdf({ template: { title, version: `draft ${revision}, not to be signed`, sha256: hashSource(body), source: body }, fields: vendorFields() });
  return { pdf, fileName: `nda-draft-${revision}.pdf` };
}
