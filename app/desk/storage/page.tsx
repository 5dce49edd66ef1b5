import { type Metadata } from 'next';
import { ErasedObjectsTable, LostFilesTable, UnannouncedTable } from '@/components/desk/storage-tables';
import { LiveRefresh } from '@/components/live/live-refresh';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { requireStaff } from '@/server/auth/current-actor';
import { getStorageView } from '@/server/desk/get-storage-view';
import { getRetentionPeriods } from '@/server/retention/retention-periods';

export const metadata: Metadata = { title: 'Storage' };

/** What differs between the bucket and the ledger. Nothing can be opened or downloaded here (P-NOCOPY). */
export default async function StoragePage() {
  const actor = await requireStaff();
  const view = await getStorageView({ actor });
  const { raw_file: days } = await getRetentionPeriods();
  const more = (shown: readonly unknown[], count: number) => (count > shown.length ? <p className="border-t px-4 py-2.5 text-sm text-muted">The first {shown.length} of {count} are shown.</p> : null);
  return (
    <PageBody width="wide">
      <Breadcrumbs items={[{ label: 'Files', href: '/desk/files' }, { label: 'Storage' }]} />
      <PageHeading title="Storage" lead="The portal lists the bucket every ten minutes and compares it with the files that were announced." actions={<LiveRefresh topic="desk" />} />
      {view.lookedAt ? (
        <p className="text-sm text-muted">
          Last compared <RelativeTime iso={view.lookedAt.endedAt} />: {view.lookedAt.objects} versions and markers looked at.
        </p>
      ) : (
        <Alert title="Not compared yet">The worker compares for the first time within ten minutes of its start.</Alert>
      )}
      <Panel id="unannounced" title={`Unannounced objects (${view.unannouncedCount})`} flush>
        <p className="max-w-[72ch] px-4 py-3 text-sm text-muted">
          Somebody put these into the bucket past the portal, and two comparisons saw them. Treat them as raw data: nobody opens them, and each is erased {days === 1 ? 'one day' : `${days} days`} after it was first seen.
        </p>
        <div className="border-t">
          <UnannouncedTable objects={view.unannounced} />
        </div>
        {more(view.unannounced, view.unannouncedCount)}
      </Panel>
      <Panel id="lost" title={`Lost files (${view.lostCount})`} flush>
        <p className="max-w-[72ch] px-4 py-3 text-sm text-muted">A part of these files vanished before its time. Their senders were told and asked to send them again. The mark goes where the part comes back.</p>
        <div className="border-t">
          <LostFilesTable files={view.lost} />
        </div>
        {more(view.lost, view.lostCount)}
      </Panel>
      {view.erased.length > 0 ? (
        <Panel id="erased" title="Unannounced objects erased lately" flush>
          <ErasedObjectsTable objects={view.erased} />
        </Panel>
      ) : null}
    </PageBody>
  );
}
