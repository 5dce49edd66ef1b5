import { type FileRequestView } from '@/domain/case-view';
import { type FileKind } from '@/domain/file-kinds';
import { type FileState } from '@/domain/file-states';

/** Files that count as sent, or being sent, for a request. */
const COUNTED_STATES: FileState[] = ['reserved', 'uploading', 'stored', 'verified', 'analysed', 'expired', 'erased'];

export const fileRequestColumns = {
  id: true, kind: true, purpose: true, status: true, createdAt: true, endedAt: true,
  _count: { select: { files: { where: { state: { in: COUNTED_STATES } } } } },
} as const;

type FileRequestRow = { id: string; kind: FileKind; purpose: string; status: FileRequestView['status']; createdAt: Date; endedAt: Date | null; _count: { files: number } };

export function serializeFileRequest(row: FileRequestRow): FileRequestView {
  return {
    id: row.id,
    kind: row.kind,
    purpose: row.purpose,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    sentFiles: row._count.files,
  };
}
