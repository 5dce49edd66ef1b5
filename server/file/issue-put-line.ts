import { type z } from 'zod';
import { type Actor } from '@/domain/actor';
import { AppError, invalidField } from '@/domain/errors';
import { type putLineInput, putLine } from '@/domain/put-line';
import { getCase } from '../case/get-case';
import { fileScope } from '../case/case-scope';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { loadFile } from './load-file';
import { presignSegments } from './presign-segments';
import { reserveFile } from './reserve-file';

export type IssuedPutLine = { readonly fileId: string; /** For a POSIX shell. */ readonly line: string; /** ISO 8601; sending has to begin by then. */ readonly expiresAt: string };
type Input = { readonly actor: Actor; readonly now: Date };
export type IssuePutLine = Input & Omit<z.output<typeof putLineInput>, 'unasked'> & { readonly isFineUnasked: boolean };

/**
 * Reserves a file that its sender compressed, as one object of one PUT, and gives the line for curl that sends it. The same file
 * asked for again goes on as the file that it is, with a fresh line. Throws `not_found`, the gate's errors, `too_many_files`, and
 * `validation_failed` where nobody asked for this kind and it was not said that it is needed (P-MIN).
 */
export async function issuePutLine({ actor, now, reference, name, kind, sizeBytes, sha256, isFineUnasked }: IssuePutLine): Promise<IssuedPutLine> {
  requirePermission(actor, 'file:send');
  const { id: caseId, fileRequests } = await getCase({ actor, now, reference });
  const begun = await getDb().diagnosticFile.findFirst({
    where: { AND: [fileScope(actor), { caseId, name, encoding: 'gzip', announcedSizeBytes: sizeBytes, isSingleObject: true, state: 'uploading', segments: { some: { index: 1, rawSha256: sha256 } } }] },
    select: { id: true },
  });
  if (begun) return renewPutLine({ actor, now, fileId: begun.id });
  const requestId = fileRequests.find((request) => request.isWaiting && request.kind === kind)?.id;
  if (!requestId && !isFineUnasked) throw invalidField('unasked', 'Nobody asked for this kind of file. Tick the box if it is needed to find the cause.');
  const { fileId } = await reserveFile({ actor, now, reference, name, kind, sizeBytes, encoding: 'gzip', requestId, asOneObject: true });
  return lineFor({ actor, now, fileId }, { name, sizeBytes, sha256 });
}

/** A fresh line for a file whose line was issued before: each URL lives 15 minutes. Throws `not_found`, the gate's errors, and `file_wrong_state`. */
export async function renewPutLine({ actor, now, fileId }: Input & { readonly fileId: string }): Promise<IssuedPutLine> {
  requirePermission(actor, 'file:send');
  const { id } = await loadFile(getDb(), actor, fileId);
  const file = await getDb().diagnosticFile.findUniqueOrThrow({ where: { id }, select: { name: true, isSingleObject: true, encoding: true, segments: { where: { index: 1 }, select: { rawSizeBytes: true, rawSha256: true } } } });
  const [segment] = file.segments;
  if (!segment || file.name === null || !file.isSingleObject || file.encoding !== 'gzip') throw new AppError('file_wrong_state');
  return lineFor({ actor, now, fileId: id }, { name: file.name, sizeBytes: Number(segment.rawSizeBytes), sha256: segment.rawSha256 });
}

async function lineFor({ actor, now, fileId }: Input & { readonly fileId: string }, { name, sizeBytes, sha256 }: { readonly name: string; readonly sizeBytes: number; readonly sha256: string }): Promise<IssuedPutLine> {
  const { segments: [segment] } = await presignSegments({ actor, now, fileId, segments: [{ index: 1, rawSizeBytes: sizeBytes, rawSha256: sha256, sizeBytes, sha256 }] });
  if (!segment) throw new AppError('internal');
  if (!('url' in segment)) throw new AppError('file_wrong_state', { detail: 'The file is in storage already. Press "I have sent it: look now".' });
  return { fileId, line: putLine({ name, url: segment.url, headers: segment.headers }), expiresAt: segment.expiresAt };
}
