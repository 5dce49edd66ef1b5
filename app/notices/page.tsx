import { type Metadata } from 'next';
import Link from 'next/link';
import { ActionButton } from '@/components/account/action-button';
import { PageBody } from '@/components/shell/page-body';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { Pagination } from '@/components/ui/pagination';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { requireActor } from '@/server/auth/current-actor';
import { listNotices, NOTICES_A_PAGE, type NoticeView } from '@/server/notice/list-notices';
import { markRead } from './actions';

export const metadata: Metadata = { title: 'Notices' };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

function Notice({ notice }: { readonly notice: NoticeView }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 max-w-[68ch] flex-1 basis-80">
        <h2 className="flex flex-wrap items-center gap-2 font-medium">
          {notice.subject}
          {notice.isRead ? null : <Badge tone="accent">New</Badge>}
        </h2>
        {notice.paragraphs.map((words) => (
          <p key={words} className="mt-1 break-words text-muted">
            {words}
          </p>
        ))}
        <p className="mt-1 flex flex-wrap gap-x-4 text-sm">
          <RelativeTime iso={notice.at} className="text-muted" />
          {notice.action ? (
            <Link href={notice.action.path} className="link">
              {notice.action.label}
              <span className="sr-only">: {notice.subject}</span>
            </Link>
          ) : null}
        </p>
      </div>
      {notice.isRead ? null : (
        <ActionButton action={markRead} values={{ noticeId: notice.id }} pendingLabel="Marking">
          Mark as read<span className="sr-only">: {notice.subject}</span>
        </ActionButton>
      )}
    </li>
  );
}

/** Whole and within reason; anything else is the first page. */
function pageNumber(value: unknown): number {
  const page = typeof value === 'string' && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : 1;
  return page;
}

export default async function NoticesPage({ searchParams }: Props) {
  const actor = await requireActor();
  const page = pageNumber((await searchParams).page);
  const { notices, unread, total } = await listNotices({ actor, page });
  return (
    <PageBody>
      <PageHeading
        title="Notices"
        lead={<>What the portal told you. <Link className="link" href="/notices/settings">Choose what is mailed to you as well</Link>.</>}
        actions={unread > 0 ? <ActionButton action={markRead} pendingLabel="Marking">Mark all as read ({unread})</ActionButton> : undefined}
      />
      <Panel flush>
        {notices.length === 0 ? (
          <EmptyState title={page === 1 ? 'No notices yet' : 'Nothing on this page'}>You are told here, and by mail, when a file was checked, when support asks for one, and when something is erased.</EmptyState>
        ) : (
          <ul className="divide-y">
            {notices.map((notice) => (
              <Notice key={notice.id} notice={notice} />
            ))}
          </ul>
        )}
      </Panel>
      <Pagination page={page} pageSize={NOTICES_A_PAGE} total={total} noun="notices" hrefFor={(to) => `/notices?page=${to}`} />
    </PageBody>
  );
}
