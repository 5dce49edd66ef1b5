import { type CaseView } from '@/domain/case-view';
import { CASE_ENVIRONMENT_LABELS, SEVERITY_LABELS } from '@/domain/cases';
import { CopyButton } from '../ui/copy-button';
import { DescriptionList } from '../ui/description-list';
import { Panel } from '../ui/panel';
import { RelativeTime } from '../ui/relative-time';

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
          { term: 'Opened', details: <>{view.openedByName ? `${view.openedByName}, ` : null}<RelativeTime iso={view.createdAt} /></> },
          ...(view.closedAt ? [{ term: 'Closed', details: <RelativeTime iso={view.closedAt} /> }] : []),
          { term: 'What happened', details: <p className="max-w-[68ch] whitespace-pre-wrap">{view.description}</p> },
        ]}
      />
    </Panel>
  );
}
