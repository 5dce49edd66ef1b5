import { type CaseView } from '@/domain/case-view';
import { CASE_ENVIRONMENT_LABELS, SEVERITY_LABELS } from '@/domain/cases';
import Link from 'next/link';
import { CopyButton } from '../ui/copy-button';
import { DateTime } from '../ui/date-time';
import { DescriptionList } from '../ui/description-list';
import { Panel } from '../ui/panel';
import { RelativeTime } from '../ui/relative-time';

/** Which agreement covers the case. One for the organization covers its later cases as well. */
function Covering({ agreement }: { readonly agreement: NonNullable<CaseView['ndaAgreement']> }) {
  return (
    <>
      Covered by the agreement {agreement.scope === 'organization' ? 'for all cases of your organization' : 'for this case'}, version {agreement.templateVersion}{agreement.onPaper ? ', paper copy on file' : ''}
      {agreement.inForceUntil ? <>, until <DateTime iso={agreement.inForceUntil} /></> : null}. <Link className="link inline-block min-h-6" href={`/nda/agreements/${agreement.id}`}>See the agreement</Link>
    </>
  );
}

/** What the case is about. */
export function CaseFactsPanel({ view }: { readonly view: CaseView }) {
  return (
    <Panel id="details" title="Details">
      <DescriptionList
        items={[
          {
            term: 'Reference',
            details: (
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-mono">{view.reference}</span>
                <CopyButton text={view.reference} label="Copy" />
              </span>
            ),
          },
          { term: 'Product', details: `${view.product} ${view.productVersion}` },
          { term: 'Environment', details: CASE_ENVIRONMENT_LABELS[view.environment] },
          { term: 'Severity', details: SEVERITY_LABELS[view.severity] },
          { term: 'Organization', details: view.organizationName },
          ...(view.ndaAgreement ? [{ term: 'NDA', details: <Covering agreement={view.ndaAgreement} /> }] : []),
          { term: 'Opened', details: <>{view.openedByName ? `${view.openedByName}, ` : null}<RelativeTime iso={view.createdAt} /></> },
          ...(view.closedAt ? [{ term: 'Closed', details: <RelativeTime iso={view.closedAt} /> }] : []),
          { term: 'What happened', details: <p className="max-w-[68ch] whitespace-pre-wrap">{view.description}</p> },
        ]}
      />
    </Panel>
  );
}
