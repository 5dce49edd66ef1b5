import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { type SharedFile, type SharedOutput, type SharedRoom } from '@/domain/shared';
import { isUuid } from '@/domain/uuid';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction, type Prisma, type Tx } from '../db';
import { rawSizeOf } from '../file/size-in-bytes';
import { requirePermission } from '../http/require-permission';
import { takeRateLimit } from '../rate-limit/take';
import { SHARED_FILE, sharedScope } from './shared-scope';

const outputColumns = { id: true, title: true, body: true, createdAt: true, clock: { select: { dueAt: true } } } as const;
type OutputRow = { readonly id: string; readonly title: string | null; readonly body: string | null; readonly createdAt: Date; readonly clock: { readonly dueAt: Date } | null };

/** A result counts while its clock runs, and not a moment longer: one without a clock, or without a text, is not there. */
const keptAt = (now: Date) => ({ body: { not: null }, clock: { endedAt: null, dueAt: { gt: now } } }) as const;

function serializeOutput({ id, title, body, createdAt, clock }: OutputRow): SharedOutput {
  return { id, title: title ?? '', body: body ?? '', createdAt: createdAt.toISOString(), dueAt: clock?.dueAt.toISOString() ?? createdAt.toISOString() };
}

const newestFirst = { orderBy: { createdAt: 'desc' }, take: 200 } as const satisfies Prisma.ManualOutputFindManyArgs;

/** The approved files with what was found in them; one query after the other, as one connection needs it. */
async function loadFiles(tx: Tx, sharingId: string, now: Date): Promise<readonly SharedFile[]> {
  const files = await tx.diagnosticFile.findMany({
    where: { AND: [SHARED_FILE, { sharingRequestFiles: { some: { sharingRequestId: sharingId } } }] },
    orderBy: { id: 'asc' },
    select: { id: true, kind: true, state: true, rawSizeBytes: true, announcedSizeBytes: true },
  });
  const where = { AND: [{ fileId: { in: files.map(({ id }) => id) } }, keptAt(now)] };
  const select = { ...outputColumns, fileId: true } as const;
  const found = [...(await tx.analysisOutput.findMany({ where, ...newestFirst, select })), ...(await tx.manualOutput.findMany({ where, ...newestFirst, select }))];
  return files.map((file) => ({ id: file.id, kind: file.kind, state: file.state, rawSizeBytes: rawSizeOf(file), outputs: found.filter(({ fileId }) => fileId === file.id).map(serializeOutput) }));
}

/**
 * What one approval lets its recipient see, and the record that they saw it, in one transaction: nothing is shown that is not recorded, and a withdrawal at the same moment
 * either comes first, and nothing is shown, or waits until the view is recorded. Never a raw byte, a name, or another file of the case (P-SHARE). Unknown, foreign,
 * withdrawn, past its date and erased are the same `not_found`. Throws `rate_limited`: each view is kept for good.
 */
export async function viewShared({ actor, now, sharingId }: { readonly actor: UserActor; readonly now: Date; readonly sharingId: string }): Promise<SharedRoom> {
  requirePermission(actor, 'shared:read');
  if (!isUuid(sharingId)) throw new AppError('not_found');
  await takeRateLimit({ purpose: 'view-shared', subject: actor.userId, limit: 200, windowSeconds: 15 * 60, now });
  return inTransaction(async (tx) => {
    await tx.$queryRaw`select id from "SharingRequest" where id = ${sharingId}::uuid for share`;
    const row = await tx.sharingRequest.findFirst({
      where: { AND: [{ id: sharingId }, sharedScope(actor, now)] },
      select: { id: true, caseId: true, purpose: true, endsAt: true, withCaseNotes: true, case: { select: { reference: true, organizationId: true } } },
    });
    if (!row) throw new AppError('not_found');
    const files = await loadFiles(tx, row.id, now);
    const notes = row.withCaseNotes ? await tx.manualOutput.findMany({ where: { AND: [{ caseId: row.caseId, fileId: null }, keptAt(now)] }, ...newestFirst, select: outputColumns }) : null;
    const outputs = files.reduce((sum, file) => sum + file.outputs.length, 0) + (notes?.length ?? 0);
    await appendAuditEvent(tx, now, { type: 'sharing.viewed', actor, organizationId: row.case.organizationId, caseId: row.caseId, data: { sharingId: row.id, files: files.length, outputs } });
    return { id: row.id, caseReference: row.case.reference, purpose: row.purpose, endsAt: row.endsAt.toISOString(), files, caseNotes: notes?.map(serializeOutput) ?? null };
  });
}
