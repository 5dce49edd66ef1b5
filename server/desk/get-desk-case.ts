import { type Actor } from '@/domain/actor';
import { DESK_CASE_FILES_SHOWN, type DeskCaseFile, type DeskCaseView, type TimelineEntry } from '@/domain/desk-case';
import { deskNda } from '@/domain/desk-cases';
import { AppError } from '@/domain/errors';
import { eventColumns, toTimeline } from '../audit/timeline-entries';
import { loadCaseFacts } from '../case/case-facts';
import { caseOfReference } from '../case/load-case';
import { caseColumns, serializeCase } from '../case/serialize-case';
import { getDb, type Prisma } from '../db';
import { loadErasures } from '../erasure/get-erasure';
import { fileRequestColumns, serializeFileRequest } from '../file-request/file-request-view';
import { lostMark } from '../file/load-file-views';
import { rawSizeOf, sizeInBytes } from '../file/size-in-bytes';
import { requirePermission } from '../http/require-permission';
import { findPolicyInForce } from '../policy/policy-in-force';
import { dueOfClock } from '../retention/due-of-clock';
import { PERSON_NAME, personName } from '../user/person-name';

const MAX_EVENTS = 5000;

const columns = {
  ...caseColumns,
  _count: { select: { files: true } },
  fileRequests: { select: { ...fileRequestColumns, requestedBy: { select: PERSON_NAME } }, orderBy: { createdAt: 'desc' } },
  policyAcceptances: { select: { policyVersionId: true, acceptedAt: true, policyVersion: { select: { version: true } }, acceptedBy: { select: PERSON_NAME } }, orderBy: { acceptedAt: 'desc' } },
} as const satisfies Prisma.CaseSelect;
type Row = Prisma.CaseGetPayload<{ select: typeof columns }>;

const fileColumns = {
  id: true, name: true, kind: true, state: true, stateReason: true, stateAt: true, reservedAt: true, lostAt: true,
  announcedSizeBytes: true, rawSizeBytes: true, sizeBytes: true, segmentCount: true, rawSha256: true, erasureOrderedAt: true,
  clock: { select: { dueAt: true, endedAt: true } },
  _count: { select: { segments: { where: { state: 'stored' } } } },
} as const satisfies Prisma.DiagnosticFileSelect;
type FileRow = Prisma.DiagnosticFileGetPayload<{ select: typeof fileColumns }>;

function serializeFile(row: FileRow, timeline: readonly TimelineEntry[]): DeskCaseFile {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    state: row.state,
    stateReason: row.stateReason,
    stateAt: row.stateAt.toISOString(),
    reservedAt: row.reservedAt.toISOString(),
    rawSizeBytes: rawSizeOf(row),
    sizeBytes: sizeInBytes(row.sizeBytes),
    dueAt: dueOfClock(row.clock),
    lostAt: lostMark(row),
    erasureOrderedAt: row.erasureOrderedAt?.toISOString() ?? null,
    segmentCount: row.segmentCount,
    storedSegments: row._count.segments,
    sha256: row.rawSha256,
    timeline,
  };
}

/** The events of the case and of the files that are shown, each list oldest first. */
async function loadTimelines(caseId: string, fileIds: string[]): Promise<{ history: TimelineEntry[]; ofFile: ReadonlyMap<string, TimelineEntry[]> }> {
  const latest = await getDb().auditEvent.findMany({
    where: { caseId, OR: [{ fileId: null }, { fileId: { in: fileIds } }] },
    orderBy: { seq: 'desc' },
    take: MAX_EVENTS,
    select: eventColumns,
  });
  const history: TimelineEntry[] = [];
  const ofFile = new Map<string, TimelineEntry[]>(fileIds.map((id) => [id, []]));
  for (const { fileId, ...entry } of await toTimeline(latest.reverse())) (fileId === null ? history : ofFile.get(fileId))?.push(entry);
  return { history, ofFile };
}

function serializeFacts(row: Row, inForceId: string | undefined): Pick<DeskCaseView, 'acceptances' | 'fileRequests'> {
  return {
    acceptances: row.policyAcceptances.map((acceptance) => ({
      version: acceptance.policyVersion.version,
      acceptedAt: acceptance.acceptedAt.toISOString(),
      acceptedByName: personName(acceptance.acceptedBy),
      isInForce: acceptance.policyVersionId === inForceId,
    })),
    fileRequests: row.fileRequests.map((request) => ({ ...serializeFileRequest(request), requestedByName: personName(request.requestedBy) })),
  };
}

/**
 * One case for the desk: its facts, what was asked for, its files with their timelines, its history. The number of queries does
 * not depend on the number of files. Needs `desk:read`; unknown, malformed and forbidden are the same `not_found`.
 */
export async function getDeskCase({ actor, reference, now }: { actor: Actor; reference: string; now: Date }): Promise<DeskCaseView> {
  requirePermission(actor, 'desk:read');
  const db = getDb();
  const row = await db.case.findFirst({ where: caseOfReference(actor, reference), select: columns });
  if (!row) throw new AppError('not_found');
  const [facts, inForce, files] = await Promise.all([
    loadCaseFacts(db, [row], now),
    findPolicyInForce(db, now),
    db.diagnosticFile.findMany({ where: { caseId: row.id }, orderBy: [{ stateAt: 'desc' }, { id: 'desc' }], take: DESK_CASE_FILES_SHOWN, select: fileColumns }),
  ]);
  const known = facts.get(row.id);
  if (!known) throw new AppError('internal');
  const { history, ofFile } = await loadTimelines(row.id, files.map(({ id }) => id));
  return {
    ...(await serializeCase(db, row, known, now)),
    policy: known.policy,
    nda: deskNda(known),
    ...serializeFacts(row, inForce?.id),
    files: files.map((file) => serializeFile(file, ofFile.get(file.id) ?? [])),
    totalFiles: row._count.files,
    history,
    erasures: await loadErasures(db, row.id),
  };
}
