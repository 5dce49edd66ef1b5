import { type Tx } from '../db';
import { type FileRow, senderOf } from '../file/load-file';

const reachable = { disabledAt: null, email: { not: null }, role: 'customer' } as const;

/**
 * The customer who is told about a file: its sender, or who made the key that sent it; where they cannot be reached any more, who opened the case, or else the
 * member who has been there longest. Null where nobody is left.
 */
export async function whomToTell(tx: Pick<Tx, 'uploadKey' | 'user' | 'case'>, file: FileRow): Promise<string | null> {
  const senderId = await senderOf(tx, file);
  const { openedById } = await tx.case.findUniqueOrThrow({ where: { id: file.caseId }, select: { openedById: true } });
  const members = await tx.user.findMany({ where: { ...reachable, organizationId: file.case.organizationId }, orderBy: { createdAt: 'asc' }, select: { id: true } });
  const ids = members.map(({ id }) => id);
  return [senderId, openedById].find((id) => id !== null && ids.includes(id)) ?? ids[0] ?? null;
}
