import { FileSearch } from 'lucide-react';
import { type Metadata } from 'next';
import { DeskKeys } from '@/components/desk/desk-keys';
import { deskFileHref, fileColumns } from '@/components/desk/file-columns';
import { FileFilters } from '@/components/desk/file-filters';
import { StorageLine } from '@/components/desk/storage-line';
import { LiveRefresh } from '@/components/live/live-refresh';
import { PageBody } from '@/components/shell/page-body';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { Pagination } from '@/components/ui/pagination';
import { type Tab, Tabs } from '@/components/ui/tabs';
import { type DeskFileList, type DeskFileQuery, deskFilesHref, parseDeskFileQuery } from '@/domain/desk-files';
import { FILE_GROUP_LABELS, FILE_GROUPS } from '@/domain/file-groups';
import { type QueryParams } from '@/domain/query-params';
import { requireStaff } from '@/server/auth/current-actor';
import { countStorage } from '@/server/desk/get-storage-view';
import { listDeskFiles } from '@/server/desk/list-desk-files';
import { listDeskOrganizations } from '@/server/desk/list-desk-organizations';

export const metadata: Metadata = { title: 'Files' };

function stateTabs(query: DeskFileQuery, counts: DeskFileList['counts']): Tab[] {
  const present = FILE_GROUPS.reduce((sum, group) => sum + (counts[group] ?? 0), 0);
  const tab = (state: DeskFileQuery['state'], label: string, count: number): Tab => ({ href: deskFilesHref(query, { state }), label, count, isCurrent: query.state === state });
  return [
    tab('current', 'Present', present - (counts.gone ?? 0)),
    ...FILE_GROUPS.map((group) => tab(group, FILE_GROUP_LABELS[group], counts[group] ?? 0)),
    tab('all', 'All', present),
  ];
}

/** Files of every case: what arrives, what is held, and what is due to go. Nothing can be downloaded here (P-NOCOPY). */
export default async function DeskFilesPage({ searchParams }: { searchParams: Promise<QueryParams> }) {
  const actor = await requireStaff();
  const query = parseDeskFileQuery(await searchParams);
  const [list, organizations, storage] = await Promise.all([listDeskFiles({ actor, query }), listDeskOrganizations({ actor }), countStorage({ actor })]);
  return (
    <PageBody width="wide">
      <PageHeading
        title="Files"
        actions={
          <>
            <LiveRefresh topic="desk" />
            <DeskKeys />
          </>
        }
      />
      <StorageLine counts={storage} />
      <FileFilters query={query} organizations={organizations} />
      <Tabs label="Files by state" tabs={stateTabs(query, list.counts)} />
      <div className="rounded border bg-surface">
        <DataTable
          caption="Files"
          dense
          columns={fileColumns(query)}
          rows={list.items}
          rowKey={(file) => file.id}
          rowHref={deskFileHref}
          empty={<EmptyState icon={FileSearch} title="No file fits">Look under another tab or clear a filter. A file appears here as soon as its sending is announced; this page updates by itself.</EmptyState>}
        />
      </div>
      <Pagination page={list.page} pageSize={list.pageSize} total={list.total} noun="files" hrefFor={(page) => deskFilesHref(query, { page })} />
    </PageBody>
  );
}
