import { type AuditData, type AuditType } from '@/domain/audit';
import { type Prisma, type Tx } from '../db';
import { queueNotice } from '../notice/queue-notice';

export type EndedAccess = { readonly type: AuditType; readonly data: AuditData };
export type Stopped = {
  readonly runsCancelled: number;
  readonly outputs: number;
  /** For the audit, which is written last. */
  readonly ended: readonly EndedAccess[];
};

/**
 * Ends what is under way with files whose erasure was ordered, and empties what was made of them: analyses are cancelled, jobs that wait to read them are taken out of
 * the queue, results lose title and text, sharing and raw access end. Safe to repeat: it counts what this call changed.
 */
export async function stopWork(tx: Tx, { fileIds, now }: { readonly fileIds: readonly string[]; readonly now: Date }): Promise<Stopped> {
  const ids = [...fileIds];
  const ofFiles = { fileId: { in: ids } };
  const runs = await tx.analysisRun.updateMany({ where: { ...ofFiles, state: { in: ['queued', 'running'] } }, data: { state: 'cancelled', endedAt: now } });
  const outputs = (await emptyOutputs(tx, ofFiles, now)) + (await emptyNotes(tx, ofFiles, now));
  // What support wrote to keep them longer; the extension itself lapses with its notice.
  await tx.retentionExtension.updateMany({ where: { clock: ofFiles, reason: { not: null } }, data: { reason: null } });
  const sharings = await endSharing(tx, now, {
    files: { some: ofFiles, every: { OR: [ofFiles, { file: { erasureOrderedAt: { not: null } } }, { file: { state: { in: ['expired', 'erased'] } } }] } },
  });
  const grants = await endRawAccess(tx, now, { files: { some: ofFiles } });
  await tx.$executeRaw`select graphile_worker.remove_job('verify-file:' || id) from unnest(${ids}::text[]) as id`;
  return { runsCancelled: runs.count, outputs, ended: [...sharings, ...grants] };
}

/**
 * The same for a whole case: sharing and raw access whatever files they name, and what was made of all its files. Results outlive their file by its clock, so that those of a
 * file that has expired are not found by the files of the order.
 */
export async function stopCaseWork(tx: Tx, { caseId, now }: { readonly caseId: string; readonly now: Date }): Promise<Pick<Stopped, 'outputs' | 'ended'>> {
  const outputs = (await emptyOutputs(tx, { file: { caseId } }, now)) + (await emptyNotes(tx, { caseId }, now));
  await tx.retentionExtension.updateMany({ where: { clock: { file: { caseId } }, reason: { not: null } }, data: { reason: null } });
  return { outputs, ended: [...(await endSharing(tx, now, { caseId })), ...(await endRawAccess(tx, now, { caseId }))] };
}

async function emptyOutputs(tx: Tx, where: Prisma.AnalysisOutputWhereInput, now: Date): Promise<number> {
  const { count } = await tx.analysisOutput.updateMany({ where: { AND: [where, { OR: [{ title: { not: null } }, { body: { not: null } }] }] }, data: { title: null, body: null } });
  await tx.retentionClock.updateMany({ where: { analysisOutput: where, endedAt: null }, data: { endedAt: now } });
  return count;
}

async function emptyNotes(tx: Tx, where: Prisma.ManualOutputWhereInput, now: Date): Promise<number> {
  const { count } = await tx.manualOutput.updateMany({ where: { AND: [where, { OR: [{ title: { not: null } }, { body: { not: null } }] }] }, data: { title: null, body: null } });
  await tx.retentionClock.updateMany({ where: { manualOutput: where, endedAt: null }, data: { endedAt: now } });
  return count;
}

/** An approval ends with the last of its files; until then it stays for the others, and of what is erased there is nothing left to see. */
async function endSharing(tx: Tx, now: Date, where: Prisma.SharingRequestWhereInput): Promise<EndedAccess[]> {
  const rows = await tx.sharingRequest.updateManyAndReturn({
    where: { AND: [where, { state: { in: ['asked', 'approved'] } }] },
    data: { state: 'ended', stateAt: now, endedBecause: 'erasure' },
    select: { id: true, recipientUserId: true },
  });
  for (const { recipientUserId } of rows) if (recipientUserId) await queueNotice(tx, { kind: 'shared_ended', userId: recipientUserId, data: { how: 'withdrawn' } });
  return rows.map(({ id }) => ({ type: 'sharing.ended', data: { sharingId: id, because: 'erasure' } }));
}

/** Whoever still needs the other files of a grant asks anew. */
async function endRawAccess(tx: Tx, now: Date, where: Prisma.RawAccessGrantWhereInput): Promise<EndedAccess[]> {
  const rows = await tx.rawAccessGrant.updateManyAndReturn({
    where: { AND: [where, { state: { in: ['asked', 'granted'] } }] },
    data: { state: 'ended', stateAt: now, revokedAt: now, endedBecause: 'erasure' },
    select: { id: true },
  });
  return rows.map(({ id }) => ({ type: 'raw_access.ended', data: { grantId: id, because: 'erasure' } }));
}
