import { z } from 'zod';

/** What a page listens to: one case, everything of the reader's own organization, or the desk (staff: everything). */
export type LiveTopic = { readonly caseId: string } | 'organization' | 'desk';

/** Ids of what changed; no names, no content: the page asks the server for what it may see. */
export const liveChange = z.object({
  type: z.string(),
  organizationId: z.string().nullable(),
  caseId: z.string().nullable(),
  fileId: z.string().nullable(),
});
export type LiveChange = z.infer<typeof liveChange>;

/** The topic as it stands in an address (`?topic=`). */
export function writeLiveTopic(topic: LiveTopic): string {
  return typeof topic === 'string' ? topic : `case:${topic.caseId}`;
}

/** Reads a topic from an address; null where it is none. */
export function parseLiveTopic(text: string | null): LiveTopic | null {
  if (text === 'organization' || text === 'desk') return text;
  const caseId = z.uuid().safeParse(text?.startsWith('case:') ? text.slice(5) : undefined);
  return caseId.success ? { caseId: caseId.data } : null;
}
