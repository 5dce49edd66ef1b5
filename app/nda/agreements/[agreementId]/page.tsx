import { type Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Timeline } from '@/components/desk/timeline';
import { AgreementFacts } from '@/components/nda/agreement-facts';
import { AgreementFiles } from '@/components/nda/agreement-files';
import { ForwardForm } from '@/components/nda/agreement-form';
import { TestIdentityNote } from '@/components/nda/test-identity-note';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { NDA_TO_SIGN, NDA_UNDER_WAY } from '@/domain/nda-agreement';
import { type AgreementView } from '@/domain/nda-agreement-view';
import { may } from '@/domain/permissions';
import { requireActor } from '@/server/auth/current-actor';
import { orNotFound } from '@/server/http/page-result';
import { usesTestIdentity } from '@/server/nda/agreement-document';
import { getAgreement, getAgreementHistory } from '@/server/nda/get-agreement';
import { sendToAnother, withdraw } from '../actions';

type Params = { readonly params: Promise<{ agreementId: string }> };
export const metadata: Metadata = { title: 'Agreement' };

/** One agreement of the organization: where it stands, its files, and what can still be done. */
export default async function AgreementPage({ params }: Params) {
  const actor = await requireActor();
  const { agreementId } = await params;
  const view = await orNotFound(getAgreement({ actor, agreementId }));
  if (may(actor, 'desk:read')) redirect(`/desk/ndas/${view.id}`);
  const history = await getAgreementHistory({ actor, agreementId });
  const reference = view.startedInReference;
  return (
    <PageBody width="narrow">
      {reference ? <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'NDA', href: `/cases/${reference}/nda` }, { label: 'Agreement' }]} /> : null}
      <PageHeading title="Non-disclosure agreement" lead={LEADS[view.state]} />
      {view.state === 'in_force' ? <Alert tone="success" title="In force">Both sides have signed. Keep the file and its evidence; <a className="link" href="/verify">anybody can check them</a>.</Alert> : null}
      {view.signatures.length > 0 ? <TestIdentityNote isTest={await usesTestIdentity(new Date())} /> : null}
      <Panel id="facts" title="The agreement"><AgreementFacts {...view} /></Panel>
      <AgreementFiles view={view} />
      {NDA_UNDER_WAY.includes(view.state) ? <Change view={view} /> : null}
      <Panel id="history" title="History"><Timeline entries={history} label="History of the agreement" /></Panel>
    </PageBody>
  );
}

const LEADS: Readonly<Record<AgreementView['state'], string>> = {
  draft: 'It is being prepared. Nothing is signed yet.',
  sent: 'It waits for the signatory, who is reminded after 3 and 7 days. After 14 days it expires.',
  signed: 'It was signed for your organization and waits for the countersignature.',
  in_force: 'It covers your cases as stated below.',
  paper_pending: 'Support looks at the copy that was handed in.',
  paper_on_file: 'A copy signed on paper is on file. It covers your cases as stated below.',
  declined: 'It was not signed. You can begin anew from the page of a case.',
  withdrawn: 'It was withdrawn and binds nobody.',
  expired: 'Nobody signed in time. You can begin anew from the page of a case.',
  ended: 'It ended. What was disclosed under it stays protected, as its text says.',
};

function Change({ view }: { readonly view: AgreementView }) {
  return (
    <Panel id="change" title="Change">
      <div className="space-y-6">
        {NDA_TO_SIGN.includes(view.state) ? (
          <details>
            <summary className="min-h-6 font-medium">Send it to another signatory, or again</summary>
            <p className="mt-2 mb-4 text-muted">The link that was sent before ends at that moment.</p>
            <ForwardForm action={sendToAnother} agreementId={view.id} />
          </details>
        ) : null}
        <ConfirmDialog triggerLabel="Withdraw" title="Withdraw the agreement?" confirmLabel="Withdraw it" pendingLabel="Withdrawing" tone="danger" action={withdraw} values={{ agreementId: view.id }}>
          <p>Nobody can sign it any more. You can begin a new one at any time.</p>
        </ConfirmDialog>
      </div>
    </Panel>
  );
}
