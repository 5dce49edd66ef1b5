import { type Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ActionButton } from '@/components/account/action-button';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { type Column, DataTable } from '@/components/ui/data-table';
import { DateTime } from '@/components/ui/date-time';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { RelativeTime } from '@/components/ui/relative-time';
import { may } from '@/domain/permissions';
import { firstParam, hrefWith, type QueryParams } from '@/domain/query-params';
import { groupDigits } from '@/domain/words';
import { type AuditCheckView, getLastAuditCheck } from '@/server/audit/check-audit-log';
import { type AuditEventItem, listAuditEvents } from '@/server/audit/list-audit-events';
import { requireStaff } from '@/server/auth/current-actor';
import { checkChain } from './actions';

export const metadata: Metadata = { title: 'Audit' };

const columns: Column<AuditEventItem>[] = [
  { key: 'event', header: 'Event', isRowHeader: true, cell: (event) => <>{event.text} <span className="font-mono text-xs whitespace-nowrap text-muted">{event.type}</span></> },
  { key: 'by', header: 'By', cell: (event) => (event.byName ? `${event.byName}, ${event.by}` : event.by) },
  { key: 'case', header: 'Case', cell: (event) => (event.caseReference ? <a className="link font-mono text-[0.8125rem] whitespace-nowrap" href={`/desk/cases/${event.caseReference}`}>{event.caseReference}</a> : '') },
  { key: 'at', header: 'Time', cell: (event) => <DateTime iso={event.at} seconds /> },
  { key: 'seq', header: 'Number', align: 'right', cell: (event) => event.seq },
  { key: 'hash', header: 'Hash', cell: (event) => <span className="font-mono text-xs text-muted" title={event.hash}>{event.hash.slice(0, 12)}</span> },
];

function LastCheck({ check }: { readonly check: AuditCheckView | null }) {
  if (!check) {
    return (
      <Alert tone="info" title="The chain was not read yet">
        The worker reads it each day, from the first event to the last. You can have it read now.
      </Alert>
    );
  }
  if (!check.isIntact) {
    return (
      <Alert tone="danger" title={check.brokenAt === '0' ? 'An anchor does not hold' : `The chain does not hold at event ${check.brokenAt}`}>
        Read <RelativeTime iso={check.at} /> from the first event: {check.why}. Stop changing anything, keep a copy of the database and of the folder of the anchors, and find out who had access to them.
      </Alert>
    );
  }
  return (
    <Alert tone="success" title="The chain is intact">
      {groupDigits(Number(check.events))} events were read from the first to the last <RelativeTime iso={check.at} />; each one holds the hash of the one before. <Anchors check={check} /> Hash of the last: <code className="font-mono text-xs break-all">{check.head}</code>
    </Alert>
  );
}

function Anchors({ check }: { readonly check: AuditCheckView }) {
  const foreign = check.foreignAnchors > 0 ? ` ${groupDigits(check.foreignAnchors)} more were signed by another key and not compared: npm run audit:verify compares them, with the public half of that key.` : '';
  if (!check.lastAnchorAt) return <>There is no signed anchor yet to compare with.{foreign}</>;
  return <>It agrees with {groupDigits(check.anchors)} signed {check.anchors === 1 ? 'anchor' : 'anchors'}, the newest from <DateTime iso={check.lastAnchorAt} />.{foreign}</>;
}

/** Whether the audit log was whole when it was last read, and what it says, for administrators. */
export default async function AuditPage({ searchParams }: { searchParams: Promise<QueryParams> }) {
  const actor = await requireStaff();
  if (!may(actor, 'audit:read')) notFound();
  const before = firstParam(await searchParams, 'before');
  const from = /^[1-9]\d{0,17}$/.test(before) ? BigInt(before) : null;
  const [events, check] = await Promise.all([listAuditEvents({ actor, before: from }), getLastAuditCheck({ actor })]);
  const actions = (
    <>
      <ActionButton action={checkChain} size="md" pendingLabel="Reading">Read the chain now</ActionButton>
      <LinkButton href="/desk/audit/events.jsonl" download variant="secondary">Export as JSON lines</LinkButton>
      <LinkButton href="/desk/mail" variant="quiet">Mail that failed</LinkButton>
    </>
  );
  return (
    <PageBody width="wide">
      <PageHeading title="Audit" lead="What was done, when, and by whom. Nothing in it can be changed or removed; each event carries the hash of the one before." actions={actions} />
      {from === null ? <LastCheck check={check} /> : null}
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
