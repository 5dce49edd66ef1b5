import { type z } from 'zod';
import { type Actor } from '@/domain/actor';
import { type reserveFileRequest, type ReserveFileResponse } from '@/domain/contracts';
import { AppError, invalidField } from '@/domain/errors';
import { safeFileName } from '@/domain/file-name';
import { type FileState } from '@/domain/file-states';
import { DEFAULT_SEGMENT_BYTES, MAX_FILES_PER_CASE, MAX_PARALLEL } from '@/domain/limits';
import { isSingleObject } from '@/domain/segment-layout';
import { appendAuditEvent } from '../audit/append-audit-event';
import { fileScope } from '../case/case-scope';
import { loadCase } from '../case/load-case';
import { assertMaySend } from '../case/send-gate';
import { touchCase } from '../case/touch-case';
import { inTransaction, isUniqueViolation, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { sizeInBytes } from './size-in-bytes';

export type ReserveFile = z.output<typeof reserveFileRequest> & {
  readonly actor: Actor;
  readonly now: Date;
  readonly reference: string;
  /** The whole file is one object, whatever its size: a gzip file for one PUT (docs/decisions/0014-one-object-by-curl.md). */
  readonly asOneObject?: boolean;
};

const GONE: readonly FileState[] = ['abandoned', 'expired', 'erased'];

/**
 * Reserves a file in a case: from here on the portal knows its name, kind and size, and how it is cut. With the same
 * `clientFileId` it answers with the first reservation. Throws `not_found`, the gate's errors (server/case/send-gate.ts),
 * `too_many_files`, `validation_failed` for a request of another case, and `conflict` where the client's id names another file.
 */
export async function reserveFile(input: ReserveFile): Promise<ReserveFileResponse> {
  const { actor, now, reference, asOneObject: _, ...request } = input;
  requirePermission(actor, 'file:send');
  if (request.encoding === 'gzip' && request.sizeBytes === 0) throw invalidField('sizeBytes', 'An empty file is not a gzip file; send it with the encoding raw.');
  try {
    return await inTransaction(async (tx) => {
      const caseRow = await lockCase(tx, actor, reference);
      await assertMaySend(tx, { ...caseRow, caseId: caseRow.id }, now);
      const before = await findReserved(tx, actor, caseRow.id, request);
      if (before) return before;
      await assertRoom(tx, caseRow.id);
      await assertRequest(tx, caseRow.id, request.requestId);
      return createFile(tx, { ...input, caseRow });
    });
  } catch (error) {
    // The id is taken by a file that this actor may not see.
    if (isUniqueViolation(error)) throw new AppError('conflict', { cause: error });
    throw error;
  }
}

type CaseRow = Awaited<ReturnType<typeof loadCase>>;

/** Reservations of one case come one after the other, so that the count of its files and its state hold until the end. */
async function lockCase(tx: Tx, actor: Actor, reference: string): Promise<CaseRow> {
  const { id } = await loadCase(tx, actor, reference);
  await tx.$queryRaw`select id from "Case" where id = ${id}::uuid for update`;
  return loadCase(tx, actor, reference);
}

async function findReserved(tx: Tx, actor: Actor, caseId: string, request: z.output<typeof reserveFileRequest>): Promise<ReserveFileResponse | null> {
  if (!request.clientFileId) return null;
  const row = await tx.diagnosticFile.findFirst({
    where: { AND: [fileScope(actor), { caseId, clientFileId: request.clientFileId }] },
    select: { id: true, segmentBytes: true, announcedSizeBytes: true, encoding: true },
  });
  if (!row) return null;
  const sizeBytes = sizeInBytes(row.announcedSizeBytes);
  if (sizeBytes !== request.sizeBytes || row.encoding !== request.encoding) {
    throw new AppError('conflict', { detail: 'This client file id was used for another file of this case. Make a new id for each file.' });
  }
  return { fileId: row.id, segmentBytes: row.segmentBytes, maxParallel: MAX_PARALLEL };
}

async function assertRoom(tx: Tx, caseId: string): Promise<void> {
  const count = await tx.diagnosticFile.count({ where: { caseId, state: { notIn: [...GONE] } } });
  if (count >= MAX_FILES_PER_CASE) throw new AppError('too_many_files');
}

async function assertRequest(tx: Tx, caseId: string, requestId: string | undefined): Promise<void> {
  if (!requestId) return;
  const found = await tx.fileRequest.findFirst({ where: { id: requestId, caseId, status: { not: 'withdrawn' } }, select: { id: true } });
  if (!found) throw invalidField('requestId', 'This case has no such request, or support withdrew it.');
}

async function createFile(tx: Tx, { actor, now, caseRow, ...request }: Omit<ReserveFile, 'reference'> & { caseRow: CaseRow }): Promise<ReserveFileResponse> {
  const segmentBytes = request.segmentBytes ?? DEFAULT_SEGMENT_BYTES;
  const file = await tx.diagnosticFile.create({
    data: {
      caseId: caseRow.id,
      requestId: request.requestId ?? null,
      name: request.name,
      safeName: safeFileName(request.name),
      kind: request.kind,
      encoding: request.encoding,
      state: 'reserved',
      announcedSizeBytes: request.sizeBytes,
      segmentBytes,
      isSingleObject: request.asOneObject === true || isSingleObject(request.sizeBytes, segmentBytes),
      sentByUserId: actor.kind === 'user' ? actor.userId : null,
      sentByUploadKeyId: actor.kind === 'upload_key' ? actor.uploadKeyId : null,
      clientFileId: request.clientFileId ?? null,
      reservedAt: now,
      stateAt: now,
    },
    select: { id: true },
  });
  await touchCase(tx, caseRow.id, now);
  await appendAuditEvent(tx, now, {
    type: 'file.reserved',
    actor,
    organizationId: caseRow.organizationId,
    caseId: caseRow.id,
    fileId: file.id,
    data: { kind: request.kind, encoding: request.encoding, sizeBytes: request.sizeBytes, segmentBytes, requestId: request.requestId ?? null },
  });
  return { fileId: file.id, segmentBytes, maxParallel: MAX_PARALLEL };
}
