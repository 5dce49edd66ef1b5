import { type UserActor } from '@/domain/actor';
import { diffLines, type DiffLine } from '@/domain/line-diff';
import { AppError } from '@/domain/errors';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';

export type TemplateItem = { readonly version: string; readonly title: string; readonly publishedAt: string; readonly sha256: string; readonly requiresNewSignature: boolean; readonly agreements: number; readonly isInForce: boolean };
export type TemplateView = TemplateItem & { readonly source: string; readonly summary: string; readonly earlier: readonly string[] };

/** The published versions of the template, the newest first. */
export async function listNdaTemplates({ actor, now }: { actor: UserActor; now: Date }): Promise<readonly TemplateItem[]> {
  requirePermission(actor, 'nda:publish');
  const rows = await getDb().ndaTemplate.findMany({ orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }], select: { version: true, title: true, publishedAt: true, sha256: true, requiresNewSignature: true, _count: { select: { agreements: true } } } });
  const inForce = rows.find(({ publishedAt }) => publishedAt <= now)?.version;
  return rows.map(({ _count, publishedAt, ...row }) => ({ ...row, publishedAt: publishedAt.toISOString(), agreements: _count.agreements, isInForce: row.version === inForce }));
}

/** One version with its text. Unknown: `not_found`. */
export async function getNdaTemplate({ actor, now, version }: { actor: UserActor; now: Date; version: string }): Promise<TemplateView> {
  const all = await listNdaTemplates({ actor, now });
  const at = all.findIndex((item) => item.version === version);
  const item = all[at];
  if (!item) throw new AppError('not_found');
  const { bodyMarkdown, summary } = await getDb().ndaTemplate.findUniqueOrThrow({ where: { version }, select: { bodyMarkdown: true, summary: true } });
  return { ...item, source: bodyMarkdown, summary, earlier: all.filter((other) => other.version !== version).map((other) => other.version) };
}

/** What differs between two versions, line by line. Unknown: `not_found`. */
export async function compareNdaTemplates({ actor, now, from, to }: { actor: UserActor; now: Date; from: string; to: string }): Promise<readonly DiffLine[]> {
  const [before, after] = await Promise.all([getNdaTemplate({ actor, now, version: from }), getNdaTemplate({ actor, now, version: to })]);
  return diffLines(before.source, after.source);
}
