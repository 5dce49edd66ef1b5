import { type Tx } from '../db';

/** The template that is offered at `now`: the newest that is published. Null before the first. */
export async function findNdaTemplateInForce(tx: Pick<Tx, 'ndaTemplate'>, now: Date) {
  return tx.ndaTemplate.findFirst({
    where: { publishedAt: { lte: now } },
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    select: { id: true, version: true, title: true, summary: true, sha256: true, bodyMarkdown: true, publishedAt: true },
  });
}

/** Whether a version that was published after `since` asks for a new signature. The agreement that is in force stays so meanwhile. */
export async function asksForNewSignature(tx: Pick<Tx, 'ndaTemplate'>, since: Date, now: Date): Promise<boolean> {
  return (await tx.ndaTemplate.count({ where: { publishedAt: { gt: since, lte: now }, requiresNewSignature: true } })) > 0;
}
