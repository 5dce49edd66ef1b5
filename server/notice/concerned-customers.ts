import { type Tx } from '../db';

export type Concerned = { readonly caseRow: { readonly organizationId: string; readonly openedById: string }; readonly fileIds: readonly string[] };

/**
 * Whom a question or a notice about files of a case goes to: who opened the case and who sent the files, or made the key that did, as far as they still belong to the
 * organization; where none of them is left, every member. Ids of users, each once.
 */
export async function concernedCustomers(tx: Tx, { caseRow, fileIds }: Concerned): Promise<readonly string[]> {
  const files = await tx.diagnosticFile.findMany({ where: { id: { in: [...fileIds] } }, select: { sentByUserId: true, sentByUploadKeyId: true } });
  const keyIds = files.flatMap(({ sentByUploadKeyId }) => sentByUploadKeyId ?? []);
  const keys = await tx.uploadKey.findMany({ where: { id: { in: keyIds } }, select: { createdById: true } });
  const wanted = [caseRow.openedById, ...files.flatMap(({ sentByUserId }) => sentByUserId ?? []), ...keys.map(({ createdById }) => createdById)];
  const members = { organizationId: caseRow.organizationId, role: 'customer', disabledAt: null, email: { not: null } } as const;
  const near = await tx.user.findMany({ where: { ...members, id: { in: wanted } }, select: { id: true } });
  const found = near.length > 0 ? near : await tx.user.findMany({ where: members, select: { id: true } });
  return found.map(({ id }) => id);
}
