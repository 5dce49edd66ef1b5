import { type Metadata } from 'next';
import Link from 'next/link';
import { LiveRefresh } from '@/components/live/live-refresh';
import { NdaStateBadge } from '@/components/nda/agreement-facts';
import { PageBody } from '@/components/shell/page-body';
import { type Column, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { RelativeTime } from '@/components/ui/relative-time';
import { Tabs } from '@/components/ui/tabs';
import { may } from '@/domain/permissions';
import { choiceParam, type QueryParams } from '@/domain/query-params';
import { requireStaff } from '@/server/auth/current-actor';
import { AGREEMENT_GROUPS, type AgreementGroup, type AgreementItem, listAgreements } from '@/server/nda/get-agreement';

export const metadata: Metadata = { title: 'NDAs' };

const GROUPS = Object.keys(AGREEMENT_GROUPS) as AgreementGroup[];
const LABELS: Readonly<Record<AgreementGroup, string>> = { vendor: 'Wait for us', customer: 'With the customer', in_force: 'In force', over: 'Over' };

const columns: Column<AgreementItem>[] = [
  { key: 'party', header: 'Organization', isRowHeader: true, cell: (item) => <Link className="link inline-block min-h-6 font-medium break-words" href={`/desk/ndas/${item.id}`}><span dir="auto">{item.partyName ?? item.organizationName}</span></Link> },
  { key: 'state', header: 'State', cell: (item) => <NdaStateBadge state={item.state} /> },
  { key: 'scope', header: 'Covers', cell: (item) => (item.scope === 'organization' ? 'All its cases' : <span className="font-mono text-[0.8125rem] whitespace-nowrap">{item.caseReference}</span>) },
  { key: 'version', header: 'Version', cell: (item) => item.templateVersion },
  { key: 'since', header: 'Since', cell: (item) => <RelativeTime iso={item.stateAt} className="whitespace-nowrap" /> },
];

/** The agreements of every organization, by what they wait for. */
export default async function DeskNdasPage({ searchParams }: { searchParams: Promise<QueryParams> }) {
  const actor = await requireStaff();
  const group = choiceParam(await searchParams, 'group', GROUPS, 'vendor');
  const { items, counts } = await listAgreements({ actor, group });
  return (
    <PageBody width="wide">
      <PageHeading
        title="NDAs"
        actions={
          <>
            <LiveRefresh topic="desk" />
            {may(actor, 'nda:publish') ? <LinkButton href="/desk/nda-settings" variant="secondary" size="sm">Templates and signing</LinkButton> : null}
          </>
        }
      />
      <Tabs label="Agreements by what they wait for" tabs={GROUPS.map((name) => ({ href: name === 'vendor' ? '/desk/ndas' : `/desk/ndas?group=${name}`, label: LABELS[name], count: counts[name], isCurrent: name === group }))} />
      <div className="rounded border bg-surface">
        <DataTable caption="Agreements" dense columns={columns} rows={items} rowKey={(item) => item.id} rowHref={(item) => `/desk/ndas/${item.id}`} empty={<EmptyState title="No agreement here">An agreement appears as soon as a customer begins one on the NDA page of a case.</EmptyState>} />
      </div>
    </PageBody>
  );
}
