import { type CaseFacts, type FileCounts } from '@/domain/case-tasks';
import { type FileState } from '@/domain/file-states';
import { NDA_COVERING, NDA_UNDER_WAY, type NdaState } from '@/domain/nda-agreement';
import { type Tx } from '../db';
import { ANSWERING_FILE } from '../file-request/file-request-view';
import { ndaInForce } from '../nda/nda-gate';
import { findPolicyInForce } from '../policy/policy-in-force';

/** Columns of a case from which its facts are made. */
export type FactsCase = {
  readonly id: string;
  readonly organizationId: string;
  readonly status: 'open' | 'closed';
  readonly erasureOrderedAt: Date | null;
  readonly ndaRequired: boolean;
  readonly ndaChoice: 'undecided' | 'without' | 'sign_later';
};
type Reader = Pick<Tx, 'policyVersion' | 'policyAcceptance' | 'ndaAgreement' | 'diagnosticFile' | 'fileRequest' | 'analysisOutput'>;

/** Facts for the task lists of many cases with six queries, by case id. The caller has authorised the cases. */
export async function loadCaseFacts(db: Reader, cases: readonly FactsCase[], now: Date): Promise<ReadonlyMap<string, CaseFacts>> {
  const ids = cases.map(({ id }) => id);
  const inForce = await findPolicyInForce(db, now);
  const [acceptances, agreements, files, requests, outputs] = await Promise.all([
    db.policyAcceptance.findMany({ where: { caseId: { in: ids } }, select: { caseId: true, policyVersionId: true } }),
    db.ndaAgreement.findMany({
      where: { AND: [{ OR: [ndaInForce(now), { state: { in: [...NDA_UNDER_WAY] } }] }, { OR: [{ scope: 'organization', organizationId: { in: cases.map(({ organizationId }) => organizationId) } }, { scope: 'case', caseId: { in: ids } }] }] },
      select: { scope: true, state: true, organizationId: true, caseId: true },
    }),
    db.diagnosticFile.groupBy({ by: ['caseId', 'state'], where: { caseId: { in: ids } }, _count: { _all: true } }),
    db.fileRequest.groupBy({
      by: ['caseId'],
      where: { caseId: { in: ids }, status: { not: 'withdrawn' }, files: { none: ANSWERING_FILE } },
      _count: { _all: true },
    }),
    db.analysisOutput.findMany({ where: { file: { caseId: { in: ids } }, NOT: { clock: { endedAt: { not: null } } } }, select: { file: { select: { caseId: true } } } }),
  ]);
  return new Map(
    cases.map((row) => {
      const accepted = acceptances.filter(({ caseId }) => caseId === row.id);
      const ofCase = agreements.filter((agreement) => (agreement.scope === 'organization' ? agreement.organizationId === row.organizationId : agreement.caseId === row.id));
      const facts: CaseFacts = {
        status: row.status,
        isUnderErasure: row.erasureOrderedAt !== null,
        policy: accepted.some(({ policyVersionId }) => policyVersionId === inForce?.id) ? 'accepted' : accepted.length > 0 ? 'outdated' : 'not_accepted',
        ndaRequired: row.ndaRequired,
        ndaChoice: row.ndaChoice,
        ndaCovered: ofCase.some(({ state }) => NDA_COVERING.includes(state)),
        ndaUnderWay: underWay(ofCase.map(({ state }) => state)),
        files: countFiles(files.filter(({ caseId }) => caseId === row.id).map(({ state, _count }) => [state, _count._all])),
        openRequests: requests.find(({ caseId }) => caseId === row.id)?._count._all ?? 0,
        results: outputs.filter(({ file }) => file.caseId === row.id).length,
      };
      return [row.id, facts] as const;
    }),
  );
}

/** What is furthest of what is under way. */
function underWay(states: readonly NdaState[]): CaseFacts['ndaUnderWay'] {
  return (['signed', 'paper_pending', 'sent', 'draft'] as const).find((state) => states.includes(state)) ?? null;
}

function countFiles(states: readonly (readonly [FileState, number])[]): FileCounts {
  const sum = (...wanted: readonly FileState[]) => states.reduce((total, [state, count]) => (wanted.includes(state) ? total + count : total), 0);
  return {
    unfinished: sum('reserved', 'uploading'),
    checking: sum('stored'),
    ready: sum('verified', 'analysed'),
    quarantined: sum('quarantined'),
    gone: sum('expired', 'erased'),
  };
}
