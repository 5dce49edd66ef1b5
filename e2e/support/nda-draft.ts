import { makeNdaTemplate, type SeedUser } from '@/prisma/seed/library';
import { splitFrontMatter } from '@/server/content/parse-document';
import { getDb } from '@/server/db';

/** A draft of the NDA template with the text that came with the portal, or another one. */
export async function makeDraftBy(by: SeedUser, change: (body: string) => string = (body) => body): Promise<string> {
  const db = getDb();
  const { id: basedOnId } = await makeNdaTemplate();
  const { title, summary, bodyMarkdown } = await db.ndaTemplate.findUniqueOrThrow({ where: { id: basedOnId }, select: { title: true, summary: true, bodyMarkdown: true } });
  const now = new Date();
  const body = `${change(splitFrontMatter(bodyMarkdown).body.trim())}\n`;
  return (await db.ndaTemplateDraft.create({ data: { basedOnId, title, summary, bodyMarkdown: body, createdAt: now, updatedAt: now, updatedById: by.id }, select: { id: true } })).id;
}
