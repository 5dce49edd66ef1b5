import { type Tx } from '../db';

/** Something of the case changed at `now`: lists sort by it. Never backwards: another event of the case may have a later time already. */
export async function touchCase(tx: Tx, caseId: string, now: Date): Promise<void> {
  await tx.case.updateMany({ where: { id: caseId, updatedAt: { lt: now } }, data: { updatedAt: now } });
}
