import { type Tx } from '../db';

/** Erasure, which cannot be stopped, was ordered for the file or its whole case. */
export async function isErasureOrdered(db: Pick<Tx, 'erasureOrder'>, file: { readonly id: string; readonly caseId: string }): Promise<boolean> {
  return (await db.erasureOrder.findFirst({ where: { caseId: file.caseId, OR: [{ fileId: null }, { fileId: file.id }] }, select: { id: true } })) !== null;
}
