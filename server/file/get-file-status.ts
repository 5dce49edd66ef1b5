import { type Actor } from '@/domain/actor';
import { type FileStatusResponse } from '@/domain/contracts';
import { AppError } from '@/domain/errors';
import { MAX_PARALLEL } from '@/domain/limits';
import { fileScope } from '../case/case-scope';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { dueOfClock } from '../retention/due-of-clock';
import { receiptUrlOf } from './receipt-url';
import { rawSizeOf } from './size-in-bytes';

/** Where a file stands, with everything that a client needs to go on with it after an interruption. Throws `not_found`. */
export async function getFileStatus({ actor, fileId }: { readonly actor: Actor; readonly fileId: string }): Promise<FileStatusResponse> {
  requirePermission(actor, 'file:read');
  const file = await getDb().diagnosticFile.findFirst({
    where: { AND: [fileScope(actor), { id: fileId }] },
    include: {
      case: { select: { reference: true } },
      clock: { select: { dueAt: true, endedAt: true } },
      receipt: { select: { id: true } },
      segments: { orderBy: { index: 'asc' }, select: { index: true, state: true, rawSizeBytes: true, rawSha256: true } },
    },
  });
  if (!file) throw new AppError('not_found');
  return {
    fileId: file.id,
    caseReference: file.case.reference,
    name: file.name,
    kind: file.kind,
    encoding: file.encoding,
    state: file.state,
    stateReason: file.stateReason,
    sizeBytes: rawSizeOf(file),
    segmentBytes: file.segmentBytes,
    maxParallel: MAX_PARALLEL,
    segmentCount: file.segmentCount,
    segments: file.segments.map(({ rawSizeBytes, ...segment }) => ({ ...segment, rawSizeBytes: Number(rawSizeBytes) })),
    reservedAt: file.reservedAt.toISOString(),
    storedAt: file.storedAt?.toISOString() ?? null,
    verifiedAt: file.verifiedAt?.toISOString() ?? null,
    dueAt: dueOfClock(file.clock),
    receiptUrl: file.receipt ? receiptUrlOf(file.id) : null,
  };
}
