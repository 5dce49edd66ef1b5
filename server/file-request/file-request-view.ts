import { type FileRequestView } from '@/domain/case-view';
import { type FileKind } from '@/domain/file-kinds';
import { type FileState } from '@/domain/file-states';
import { type Prisma } from '../db';

/** States that answer a request: the file arrived, and was not refused. */
const ANSWERING_STATES: readonly FileState[] = ['stored', 'verified', 'analysed', 'expired', 'erased'];
const SENDING_STATES: readonly FileState[] = ['reserved', 'uploading'];
/** A file that answers a request. One that is lost does not: it is asked for again. */
export const ANSWERING_FILE: Prisma.DiagnosticFileWhereInput = { state: { in: [...ANSWERING_STATES] }, lostAt: null };

export const fileRequestColumns = {
  id: true, kind: true, purpose: true, status: true, createdAt: true, endedAt: true,
  files: { where: { state: { in: [...ANSWERING_STATES, ...SENDING_STATES] } }, select: { state: true, lostAt: true } },
} satisfies Prisma.FileRequestSelect;

type FileRequestRow = { id: string; kind: FileKind; purpose: string; status: FileRequestView['status']; createdAt: Date; endedAt: Date | null; files: readonly { state: FileState; lostAt: Date | null }[] };

export function serializeFileRequest(row: FileRequestRow): FileRequestView {
  return {
    id: row.id,
    kind: row.kind,
    purpose: row.purpose,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    sentFiles: row.files.length,
    isWaiting: row.status !== 'withdrawn' && !row.files.some(({ state, lostAt }) => ANSWERING_STATES.includes(state) && lostAt === null),
  };
}
