import { type Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { PageBody } from '@/components/shell/page-body';
import { DateTime } from '@/components/ui/date-time';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { may } from '@/domain/permissions';
import { requireActor } from '@/server/auth/current-actor';
import { listShared } from '@/server/sharing/list-shared';

export const metadata: Metadata = { title: 'Shared with you' };

/** The room of a subcontractor: what customers approved for them, and nothing else (P-SHARE). */
export default async function SharedPage() {
  const actor = await requireActor();
  if (!may(actor, 'shared:read')) notFound();
  const items = await listShared({ actor, now: new Date() });
  return (
    <PageBody>
      <PageHeading title="Shared with you" lead="Results of support cases that a customer approved for you. Each view is recorded and shown to the customer." />
      <Panel flush>
        {items.length === 0 ? (
          <EmptyState title="Nothing is shared with you now">You are told by mail as soon as a customer approves something. Whatever was shared with you before has ended or was taken back.</EmptyState>
        ) : (
          <ul className="divide-y">
            {items.map((item) => (
              <li key={item.id} className="px-4 py-3">
                {/* Opening it is a view that is recorded: only a click may do it. */}
                <Link className="link inline-block min-h-6 font-mono font-medium" href={`/shared/${item.id}`} prefetch={false}>
                  {item.caseReference}
                </Link>
                <p className="break-words whitespace-pre-wrap">{item.purpose}</p>
                <p className="text-sm text-muted">
                  {item.files === 1 ? 'One file' : `${item.files} files`} · until <DateTime iso={item.endsAt} />, <RelativeTime iso={item.endsAt} form="left" />
                </p>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </PageBody>
  );
}
