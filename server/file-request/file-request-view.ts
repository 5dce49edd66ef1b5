import { type FileRequestView } from '@/domain/case-view';
import { type FileKind } from '@/domain/file-kinds';
import { type FileState } from '@/domain/file-states';
import { type Prisma } from '../db';

/** States that answer a request: the file arrived, and was not refused. */
export const ANSWERING_STATES: readonly FileState[] = ['stored', 'verified', 'analysed', 'expired', 'erased'];
const SENDING_STATES: readonly FileState[] = ['reserved', 'uploading'];

export const fileRequestColumns = {
  id: true, kind: true, purpose: true, status: true, createdAt: true, endedAt: true,
  files: { where: { state: { in: [...ANSWERING_STATES, ...SENDING_STATES] } }, select: { state: true } },
} satisfies Prisma.FileRequestSelect;

type FileRequestRow = { id: string; kind: FileKind; purpose: string; status: FileRequestView['status']; createdAt: Date; endedAt: Date | null; files: readonly { state: FileState }[] };

export function serializeFileRequest(row: FileRequestRow): FileRequestView {
  return {
    id: row.id,
    kind: row.kind,
    purpose: row.purpose,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    sentFiles: row.files.length,
    isWaiting: row.status !== 'withdrawn' && !row.files.some(({ state }) => ANSWERING_STATES.includes(state)),
  };
}
