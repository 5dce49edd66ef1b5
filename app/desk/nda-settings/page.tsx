import { type Metadata } from 'next';
import Link from 'next/link';
import { ActionButton } from '@/components/account/action-button';
import { ApprovalForm } from '@/components/nda/countersign-form';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { type Column, DataTable } from '@/components/ui/data-table';
import { DateTime } from '@/components/ui/date-time';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { requireStaff } from '@/server/auth/current-actor';
import { orNotFound } from '@/server/http/page-result';
import { identityStatus } from '@/server/nda/agreement-document';
import { type DraftItem, listNdaDrafts } from '@/server/nda-template/get-nda-draft';
import { listNdaTemplates, type TemplateItem } from '@/server/nda/nda-templates';
import { getStandingApproval } from '@/server/nda/standing-approval';
import { getProfile } from '@/server/user/get-profile';
import { giveApproval, revokeApproval } from './actions';

export const metadata: Metadata = { title: 'NDA templates and signing' };

const columns: Column<TemplateItem>[] = [
  { key: 'version', header: 'Version', isRowHeader: true, cell: (item) => <Link className="link inline-block min-h-6 font-medium" href={`/desk/nda-settings/${item.version}`}>Version {item.version}</Link> },
  { key: 'state', header: 'State', cell: (item) => (item.isInForce ? <Badge tone="success">Offered</Badge> : <Badge>Earlier or later</Badge>) },
  { key: 'published', header: 'Published', cell: (item) => <DateTime iso={item.publishedAt} /> },
  { key: 'mark', header: 'New signature', cell: (item) => (item.requiresNewSignature ? 'Asked for' : 'Not asked for') },
  { key: 'agreements', header: 'Agreements', align: 'right', cell: (item) => item.agreements },
];

const draftColumns: Column<DraftItem>[] = [
  { key: 'title', header: 'Draft', isRowHeader: true, cell: (item) => <Link className="link inline-block min-h-6 font-medium break-words" href={`/desk/nda-settings/drafts/${item.id}`}>{item.title}</Link> },
  { key: 'based', header: 'Begun from', cell: (item) => `Version ${item.basedOn}` },
  { key: 'saved', header: 'Saved', cell: (item) => <><DateTime iso={item.savedAt} />{item.savedBy ? <span className="block text-muted" dir="auto">{item.savedBy}</span> : null}</> },
  { key: 'mark', header: 'New signature', cell: (item) => (item.requiresNewSignature ? 'Asked for' : 'Not asked for') },
];

/** What agreements are made with: the text, the identity that seals, and who countersigns. */
export default async function NdaSettingsPage() {
  const actor = await requireStaff();
  const now = new Date();
  const templates = await orNotFound(listNdaTemplates({ actor, now }));
  const [drafts, approval, identity, profile] = await Promise.all([listNdaDrafts({ actor }), getStandingApproval({ actor }), identityStatus(now), getProfile({ actor })]);
  return (
    <PageBody width="wide">
      <Breadcrumbs items={[{ label: 'NDAs', href: '/desk/ndas' }, { label: 'Templates and signing' }]} />
      <PageHeading title="NDA templates and signing" />
      <Alert tone={identity.tone} title={identity.title}>{identity.sentence}</Alert>
      <Panel id="approval" title="Countersignature">
        {approval ? (
          <div className="space-y-3">
            <p>
              Agreements are countersigned at once in the name of <strong className="font-semibold" dir="auto">{approval.signerName}, {approval.signerTitle}</strong>, since <DateTime iso={approval.since} />.
            </p>
            {approval.isEffective ? null : <Alert tone="warning" title="It has no effect">The account of this person was shut or has lost the right to countersign.</Alert>}
            <ActionButton action={revokeApproval} pendingLabel="Taking back">Take the approval back</ActionButton>
          </div>
        ) : (
          <div className="space-y-4">
            <p className="max-w-[68ch]">Each agreement waits for an administrator to countersign it. With a standing approval the portal does it at once, in your name, until you take it back. It stands in the audit.</p>
            <ApprovalForm action={giveApproval} name={profile.name ?? ''} />
          </div>
        )}
      </Panel>
      <Panel id="templates" title="Versions of the text" flush>
        <DataTable caption="Versions of the text" columns={columns} rows={templates} rowKey={(item) => item.version} empty={<p className="px-4 py-6 text-muted">No version is published yet.</p>} />
        <p className="border-t px-4 py-3 text-sm text-muted">A new version begins as a draft: open the version that it is made from. What is published never changes.</p>
      </Panel>
      {drafts.length > 0 ? <Panel id="drafts" title="Drafts" flush><DataTable caption="Drafts" columns={draftColumns} rows={drafts} rowKey={(item) => item.id} /></Panel> : null}
    </PageBody>
  );
}
