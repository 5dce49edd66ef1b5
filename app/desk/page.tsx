import { Inbox } from 'lucide-react';
import { type Metadata } from 'next';
import { caseColumns } from '@/components/desk/case-columns';
import { CaseFilters } from '@/components/desk/case-filters';
import { DeskKeys } from '@/components/desk/desk-keys';
import { LiveRefresh } from '@/components/live/live-refresh';
import { PageBody } from '@/components/shell/page-body';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { Pagination } from '@/components/ui/pagination';
import { Tabs } from '@/components/ui/tabs';
import { DESK_CASE_STATUSES, deskCasesHref, isFiltered, parseDeskCaseQuery } from '@/domain/desk-cases';
import { type QueryParams } from '@/domain/query-params';
import { requireStaff } from '@/server/auth/current-actor';
import { listDeskCases } from '@/server/desk/list-desk-cases';
import { listDeskOrganizations } from '@/server/desk/list-desk-organizations';

export const metadata: Metadata = { title: 'Cases' };

/** The cases of every organization: what a support engineer has open all day. */
export default async function DeskPage({ searchParams }: { searchParams: Promise<QueryParams> }) {
  const actor = await requireStaff();
  const query = parseDeskCaseQuery(await searchParams);
  const [list, organizations] = await Promise.all([listDeskCases({ actor, now: new Date(), query }), listDeskOrganizations({ actor })]);
  const counts = { ...list.counts, all: list.counts.open + list.counts.closed };
  const labels = { open: 'Open', closed: 'Closed', all: 'All' } as const;
  return (
    <PageBody width="wide">
      <PageHeading
        title="Cases"
        actions={
          <>
            <LiveRefresh topic="desk" />
            <DeskKeys />
          </>
        }
      />
      <CaseFilters query={query} organizations={organizations} />
      <Tabs label="Cases by status" tabs={DESK_CASE_STATUSES.map((status) => ({ href: deskCasesHref(query, { status }), label: labels[status], count: counts[status], isCurrent: query.status === status }))} />
      <div className="rounded border bg-surface">
        <DataTable
          caption="Cases"
          dense
          columns={caseColumns(query)}
          rows={list.items}
          rowKey={(item) => item.reference}
          rowHref={(item) => `/desk/cases/${item.reference}`}
          empty={
            <EmptyState icon={Inbox} title={isFiltered(query) ? 'No case fits these filters' : 'No cases here'}>
              {isFiltered(query) ? 'Clear a filter, look under another tab, or check the reference: its last character shows most mistakes in typing.' : 'A case appears here as soon as a customer opens it; this page updates by itself.'}
            </EmptyState>
          }
        />
      </div>
      <Pagination page={list.page} pageSize={list.pageSize} total={list.total} noun="cases" hrefFor={(page) => deskCasesHref(query, { page })} />
    </PageBody>
  );
}
