import Link from 'next/link';
import { CASE_ENVIRONMENT_LABELS } from '@/domain/cases';
import { type DeskCaseView } from '@/domain/desk-case';
import { DateTime } from '../ui/date-time';
import { DescriptionList } from '../ui/description-list';
import { Panel } from '../ui/panel';
import { RelativeTime } from '../ui/relative-time';
import { NDA_LOOK, NdaState, POLICY_LOOK, PolicyState } from './gate-state';

function Acceptances({ view }: { readonly view: DeskCaseView }) {
  if (view.acceptances.length === 0) return null;
  return (
    <ul className="mt-1 text-sm text-muted">
      {view.acceptances.map((acceptance) => (
        <li key={acceptance.version}>
          Version {acceptance.version}, {acceptance.acceptedByName ?? 'a person since erased'}, <DateTime iso={acceptance.acceptedAt} />
        </li>
      ))}
    </ul>
  );
}

/** The facts of a case, and what stands between the customer and sending. */
export function CaseSide({ view }: { readonly view: DeskCaseView }) {
  return (
    <>
      <Panel id="gates" title="Before data can come">
        <DescriptionList
          items={[
            { term: 'Sending', details: view.maySend ? 'Possible now' : view.status === 'closed' ? 'Not possible: the case is closed' : 'Not possible yet' },
            { term: 'Policy', details: <><PolicyState policy={view.policy} /> <span className="text-sm text-muted">{POLICY_LOOK[view.policy].meaning}</span><Acceptances view={view} /></> },
            { term: 'NDA', details: <><NdaState nda={view.nda} /> <span className="text-sm text-muted">{NDA_LOOK[view.nda].meaning}</span>{view.ndaAgreement ? <> <Link className="link inline-block min-h-6 text-sm" href={`/desk/ndas/${view.ndaAgreement.id}`}>See the agreement</Link></> : null}</> },
          ]}
        />
      </Panel>
      <Panel id="facts" title="Facts">
        <DescriptionList
          items={[
            { term: 'Organization', details: view.organizationName },
            { term: 'Opened by', details: view.openedByName ?? 'a person since erased' },
            { term: 'Product', details: `${view.product} ${view.productVersion}` },
            { term: 'Environment', details: CASE_ENVIRONMENT_LABELS[view.environment] },
            { term: 'Opened', details: <DateTime iso={view.createdAt} /> },
            { term: 'Last activity', details: <RelativeTime iso={view.updatedAt} /> },
            ...(view.closedAt ? [{ term: 'Closed', details: <DateTime iso={view.closedAt} /> }] : []),
          ]}
        />
      </Panel>
    </>
  );
}
