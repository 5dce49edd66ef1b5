import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { type SegmentLayout } from '@/domain/segment-layout';
import { fileScope } from '../case/case-scope';
import { type Prisma, type Tx } from '../db';
import { sizeInBytes } from './size-in-bytes';

/** The columns that every move of a file starts from. One relation only: Prisma loads several at once, which one connection of a transaction does not take. */
const columns = {
  id: true, caseId: true, requestId: true, safeName: true, kind: true, encoding: true, state: true, stateReason: true,
  announcedSizeBytes: true, segmentBytes: true, isSingleObject: true, segmentCount: true,
  sentByUserId: true, sentByUploadKeyId: true, reservedAt: true, erasureOrderedAt: true,
  case: { select: { reference: true, organizationId: true, status: true, ndaRequired: true } },
} as const satisfies Prisma.DiagnosticFileSelect;

export type FileRow = Prisma.DiagnosticFileGetPayload<{ select: typeof columns }>;

/** The file as far as `actor` may see it. Unknown and forbidden are the same `not_found`. */
export async function loadFile(db: Pick<Tx, 'diagnosticFile'>, actor: Actor, fileId: string): Promise<FileRow> {
  const row = await db.diagnosticFile.findFirst({ where: { AND: [fileScope(actor), { id: fileId }] }, select: columns });
  if (!row) throw new AppError('not_found');
  return row;
}

/** As `loadFile`, and nobody else changes the file before `tx` ends. */
export async function lockFile(tx: Tx, actor: Actor, fileId: string): Promise<FileRow> {
  const seen = await tx.diagnosticFile.findFirst({ where: { AND: [fileScope(actor), { id: fileId }] }, select: { id: true } });
  if (!seen) throw new AppError('not_found');
  await tx.$queryRaw`select id from "DiagnosticFile" where id = ${seen.id}::uuid for update`;
  return loadFile(tx, actor, seen.id);
}

/** The file for the portal's own jobs, which no person's scope applies to; null where there is none. */
export async function loadFileForJob(db: Pick<Tx, 'diagnosticFile'>, fileId: string): Promise<FileRow | null> {
  return db.diagnosticFile.findUnique({ where: { id: fileId }, select: columns });
}

/** Throws `file_wrong_state` once the erasure of the file was ordered (P-ERASE). The caller holds the file's lock where it is going to change something. */
export function assertNotUnderErasure(file: Pick<FileRow, 'erasureOrderedAt'>): void {
  if (file.erasureOrderedAt !== null) throw new AppError('file_wrong_state', { detail: 'This file is being erased on the customer\'s order. Nothing of it is taken, checked or read any more.' });
}

/** How the file is cut. */
export function layoutOf(file: FileRow): SegmentLayout {
  return {
    sizeBytes: sizeInBytes(file.announcedSizeBytes),
    segmentBytes: file.segmentBytes,
    isSingleObject: file.isSingleObject,
    encoding: file.encoding,
  };
}

/** Whom notices about the file go to: its sender, or who made the key that sent it; null where nobody is left. */
export async function senderOf(db: Pick<Tx, 'uploadKey'>, file: FileRow): Promise<string | null> {
  if (file.sentByUploadKeyId === null) return file.sentByUserId;
  const key = await db.uploadKey.findUnique({ where: { id: file.sentByUploadKeyId }, select: { createdById: true } });
  return key?.createdById ?? null;
}
