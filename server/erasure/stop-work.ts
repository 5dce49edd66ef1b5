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

/** The files by their ids, or every file of a case with what was written about the case as a whole. */
export type WorkScope = { readonly fileIds: readonly string[] } | { readonly caseId: string };

type Reach = {
  readonly files: Prisma.DiagnosticFileWhereInput;
  readonly notes: Prisma.ManualOutputWhereInput;
  readonly sharings: Prisma.SharingRequestWhereInput;
  readonly grants: Prisma.RawAccessGrantWhereInput;
};

function reachOf(scope: WorkScope): Reach {
  if ('caseId' in scope) return { files: scope, notes: scope, sharings: scope, grants: scope };
  const files = { id: { in: [...scope.fileIds] } };
  // An approval ends with the last of its files: what was found in one that has expired is still seen.
  const sharings = { files: { some: { file: files }, every: { file: { OR: [files, { erasureOrderedAt: { not: null } }] } } } };
  return { files, notes: { file: files }, sharings, grants: { files: { some: { file: files } } } };
}

/**
 * Ends what is under way with files whose erasure was ordered, and empties what was made of them: analyses are cancelled, jobs that wait to read them are taken out of
 * the queue, results lose title and text, sharing and raw access end. Results outlive their file by its clock, so that files which have expired are meant as
 * well. Safe to repeat: it counts what this call changed.
 */
export async function stopWork(tx: Tx, { scope, now }: { readonly scope: WorkScope; readonly now: Date }): Promise<Stopped> {
  const { files, notes, sharings, grants } = reachOf(scope);
  const runs = await tx.analysisRun.updateMany({ where: { file: files, state: { in: ['queued', 'running'] } }, data: { state: 'cancelled', endedAt: now } });
  const outputs = (await emptyOutputs(tx, { file: files }, now)) + (await emptyNotes(tx, notes, now));
  // What support wrote to keep them longer; the extension itself lapses with its notice.
  await tx.retentionExtension.updateMany({ where: { clock: { file: files }, reason: { not: null } }, data: { reason: null } });
  const ended = [...(await endSharing(tx, now, sharings)), ...(await endRawAccess(tx, now, grants))];
  const ids = (await tx.diagnosticFile.findMany({ where: files, select: { id: true } })).map(({ id }) => id);
  await tx.$executeRaw`select graphile_worker.remove_job('verify-file:' || id) from unnest(${ids}::text[]) as id`;
  return { runsCancelled: runs.count, outputs, ended };
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
