import { type Metadata } from 'next';
import { ActionButton } from '@/components/account/action-button';
import { PageBody } from '@/components/shell/page-body';
import { type Column, DataTable } from '@/components/ui/data-table';
import { PageHeading } from '@/components/ui/page-heading';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { firstParam, type QueryParams } from '@/domain/query-params';
import { requireStaff } from '@/server/auth/current-actor';
import { orNotFound } from '@/server/http/page-result';
import { FAILED_A_PAGE, type FailedNotice, listFailedNotices } from '@/server/notice/failed-notices';
import { retry } from './actions';

export const metadata: Metadata = { title: 'Mail that failed' };

function NextTry({ notice }: { readonly notice: FailedNotice }) {
  if (notice.nextAttemptAt) return <>by itself, <RelativeTime iso={notice.nextAttemptAt} /></>;
  if (!notice.mayBeRetried) return <span className="text-muted">cannot be sent any more</span>;
  return (
    <ActionButton action={retry} values={{ noticeId: notice.id }} pendingLabel="Putting in line">
      Try again<span className="sr-only">: {notice.subject}</span>
    </ActionButton>
  );
}

const columns: Column<FailedNotice>[] = [
  { key: 'subject', header: 'Subject', isRowHeader: true, cell: (notice) => notice.subject },
  { key: 'case', header: 'Case', cell: (notice) => (notice.caseReference ? <a className="link font-mono text-[0.8125rem] whitespace-nowrap" href={`/desk/cases/${notice.caseReference}`}>{notice.caseReference}</a> : '') },
  { key: 'why', header: 'Why', cell: (notice) => <>{notice.why} <span className="font-mono text-xs whitespace-nowrap text-muted">{notice.code}</span></> },
  { key: 'attempts', header: 'Attempts', align: 'right', cell: (notice) => notice.attempts },
  { key: 'at', header: 'Since', cell: (notice) => <RelativeTime iso={notice.at} /> },
  { key: 'next', header: 'Next attempt', cell: (notice) => <NextTry notice={notice} /> },
];

/** Mail that did not get out, for administrators. To whom stays out: the code says what to put right. */
export default async function MailPage({ searchParams }: { searchParams: Promise<QueryParams> }) {
  const actor = await requireStaff();
  const asked = firstParam(await searchParams, 'page');
  const page = /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 1;
  const { items, total } = await orNotFound(listFailedNotices({ actor, page }));
  return (
    <PageBody width="wide">
      <PageHeading title="Mail that failed" lead="Mail is tried eight times over about an hour, then given up. What it told stands in the portal all the same. Whether a mail server that took a mail also delivered it, the portal cannot know." />
      <div className="rounded border bg-surface">
        <DataTable caption="Mail that failed, the latest first" columns={columns} rows={items} rowKey={(notice) => notice.id} empty={<p className="px-4 py-6 text-muted">Every mail went out.</p>} />
      </div>
      <Pagination page={page} pageSize={FAILED_A_PAGE} total={total} noun="notices" hrefFor={(to) => `/desk/mail?page=${to}`} />
    </PageBody>
  );
}
