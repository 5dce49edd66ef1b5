import { type Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { type Column, DataTable } from '@/components/ui/data-table';
import { DateTime } from '@/components/ui/date-time';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { groupDigits } from '@/lib/format/bytes';
import { may } from '@/domain/permissions';
import { firstParam, hrefWith, type QueryParams } from '@/domain/query-params';
import { type AuditEventItem, listAuditEvents } from '@/server/audit/list-audit-events';
import { type ChainVerdict, verifyAuditChain } from '@/server/audit/verify-audit-chain';
import { requireStaff } from '@/server/auth/current-actor';

export const metadata: Metadata = { title: 'Audit' };

const columns: Column<AuditEventItem>[] = [
  { key: 'event', header: 'Event', isRowHeader: true, cell: (event) => <>{event.text} <span className="font-mono text-xs whitespace-nowrap text-muted">{event.type}</span></> },
  { key: 'by', header: 'By', cell: (event) => (event.byName ? `${event.byName}, ${event.by}` : event.by) },
  { key: 'case', header: 'Case', cell: (event) => (event.caseReference ? <a className="link font-mono text-[0.8125rem] whitespace-nowrap" href={`/desk/cases/${event.caseReference}`}>{event.caseReference}</a> : '') },
  { key: 'at', header: 'Time', cell: (event) => <DateTime iso={event.at} seconds /> },
  { key: 'seq', header: 'Number', align: 'right', cell: (event) => event.seq },
  { key: 'hash', header: 'Hash', cell: (event) => <span className="font-mono text-xs text-muted" title={event.hash}>{event.hash.slice(0, 12)}</span> },
];

function Verdict({ verdict }: { readonly verdict: ChainVerdict }) {
  if (!verdict.intact) {
    return (
      <Alert tone="danger" title={`The chain does not hold at event ${verdict.brokenAt}`}>
        Reading from the first event: {verdict.why}. Stop changing anything, keep a copy of the database, and find out who had access to it.
      </Alert>
    );
  }
  return (
    <Alert tone="success" title="The chain is intact">
      {groupDigits(verdict.events)} events were read from the first to the last just now; each one holds the hash of the one before. Hash of the last: <code className="font-mono text-xs break-all">{verdict.head}</code>
    </Alert>
  );
}

/** Whether the audit log is whole, and what it says, for administrators. */
export default async function AuditPage({ searchParams }: { searchParams: Promise<QueryParams> }) {
  const actor = await requireStaff();
  if (!may(actor, 'audit:read')) notFound();
  const before = firstParam(await searchParams, 'before');
  const from = /^[1-9]\d{0,17}$/.test(before) ? BigInt(before) : null;
  const [events, verdict] = await Promise.all([listAuditEvents({ actor, before: from }), from === null ? verifyAuditChain() : null]);
  return (
    <PageBody width="wide">
      <PageHeading title="Audit" lead="What was done, when, and by whom. Nothing in it can be changed or removed; each event carries the hash of the one before." />
      {verdict ? <Verdict verdict={verdict} /> : null}
      <div className="rounded border bg-surface">
        <DataTable caption="Events, the latest first" dense columns={columns} rows={events.items} rowKey={(event) => event.seq} empty={<p className="px-4 py-6 text-muted">There is no event before this one.</p>} />
      </div>
      <div className="flex flex-wrap gap-2">
        {from === null ? null : <LinkButton href="/desk/audit" variant="secondary" size="sm">Latest</LinkButton>}
        {events.before ? <LinkButton href={hrefWith('/desk/audit', { before: events.before })} variant="secondary" size="sm">Earlier</LinkButton> : null}
      </div>
    </PageBody>
  );
}
