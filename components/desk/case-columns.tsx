import Link from 'next/link';
import { type DeskCaseItem, type DeskCaseQuery, deskCasesHref, type DeskCaseSort } from '@/domain/desk-cases';
import { type Column } from '../ui/data-table';
import { RelativeTime } from '../ui/relative-time';
import { FileCounts } from './file-counts';
import { NdaState, PolicyState } from './gate-state';
import { SeverityBadge } from './severity-badge';
import { SortLink } from './sort-link';

const DIRECTION: Readonly<Record<DeskCaseSort, 'ascending' | 'descending'>> = { activity: 'descending', opened: 'descending', due: 'ascending', severity: 'descending', title: 'ascending' };

/** The columns of the list of cases; the headers that order it keep the filters. */
export function caseColumns(query: DeskCaseQuery): Column<DeskCaseItem>[] {
  const sortable = (sort: DeskCaseSort, label: string) => ({
    header: (
      <SortLink href={deskCasesHref(query, { sort })} isCurrent={query.sort === sort} direction={DIRECTION[sort]}>
        {label}
      </SortLink>
    ),
    stackLabel: label,
    sort: query.sort === sort ? DIRECTION[sort] : undefined,
  });
  return [
    {
      key: 'case',
      ...sortable('title', 'Case'),
      isRowHeader: true,
      className: 'min-w-48 max-w-md',
      cell: (item) => (
        <>
          <Link href={`/desk/cases/${item.reference}`} className="font-medium text-accent underline-offset-2 hover:underline">
            <span className="font-mono text-[0.8125rem] whitespace-nowrap">{item.reference}</span>
            <span className="block wrap-anywhere text-ink">{item.title}</span>
          </Link>
          {item.status === 'closed' ? <span className="text-muted"> Closed</span> : null}
        </>
      ),
    },
    { key: 'organization', header: 'Organization', cell: (item) => <span className="line-clamp-2 break-words" title={item.organizationName}>{item.organizationName}</span>, className: 'min-w-36 max-w-56' },
    { key: 'severity', ...sortable('severity', 'Severity'), cell: (item) => <SeverityBadge severity={item.severity} /> },
    { key: 'files', header: 'Files', cell: (item) => <FileCounts counts={item.files} awaited={item.openRequests} />, className: 'md:min-w-28' },
    { key: 'due', ...sortable('due', 'Time left'), cell: (item) => (item.dueAt ? <RelativeTime iso={item.dueAt} form="left" className="whitespace-nowrap" /> : <span className="text-muted">no data held</span>) },
    { key: 'policy', header: 'Policy', cell: (item) => <PolicyState policy={item.policy} /> },
    { key: 'nda', header: 'NDA', cell: (item) => <NdaState nda={item.nda} /> },
    { key: 'activity', ...sortable('activity', 'Last activity'), cell: (item) => <RelativeTime iso={item.updatedAt} className="whitespace-nowrap text-muted" /> },
  ];
}
