import { type Metadata } from 'next';
import { Timeline } from '@/components/desk/timeline';
import { AgreementFacts } from '@/components/nda/agreement-facts';
import { AgreementFiles } from '@/components/nda/agreement-files';
import { AcceptPaperForm, CountersignForm } from '@/components/nda/countersign-form';
import { ReasonForm } from '@/components/nda/reason-form';
import { TestIdentityNote } from '@/components/nda/test-identity-note';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { type UserActor } from '@/domain/actor';
import { type AgreementView } from '@/domain/nda-agreement-view';
import { may } from '@/domain/permissions';
import { requireStaff } from '@/server/auth/current-actor';
import { getEnv } from '@/server/env';
import { orNotFound } from '@/server/http/page-result';
import { usesTestIdentity } from '@/server/nda/agreement-document';
import { getAgreement, getAgreementHistory } from '@/server/nda/get-agreement';
import { getProfile } from '@/server/user/get-profile';
import { acceptPaper, countersign, end, refusePaper, withdrawAtDesk } from '../actions';

type Params = { readonly params: Promise<{ agreementId: string }> };
export const metadata: Metadata = { title: 'Agreement' };

/** One agreement at the desk: what it says, what it waits for, and everything that happened to it. */
export default async function DeskNdaPage({ params }: Params) {
  const actor = await requireStaff();
  const { agreementId } = await params;
  const view = await orNotFound(getAgreement({ actor, agreementId }));
  const [history, profile] = await Promise.all([getAgreementHistory({ actor, agreementId }), getProfile({ actor })]);
  return (
    <PageBody width="wide">
      <Breadcrumbs items={[{ label: 'NDAs', href: '/desk/ndas' }, { label: 'Agreement' }]} />
      <PageHeading title={<span dir="auto">{view.partyName ?? view.organizationName}</span>} caption="Non-disclosure agreement" />
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <div className="min-w-0 space-y-6">
          {view.state === 'signed' || view.state === 'in_force' ? <TestIdentityNote isTest={await usesTestIdentity(new Date())} /> : null}
          <NextMove actor={actor} view={view} name={profile.name ?? ''} />
          <Panel id="facts" title="The agreement"><AgreementFacts {...view} /></Panel>
          <AgreementFiles view={view} />
          {may(actor, 'nda:countersign') ? <Endings view={view} /> : null}
        </div>
        <Panel id="history" title="History"><Timeline entries={history} label="History of the agreement" /></Panel>
      </div>
    </PageBody>
  );
}

function NextMove({ actor, view, name }: { readonly actor: UserActor; readonly view: AgreementView; readonly name: string }) {
  if (view.state === 'signed') {
    if (!may(actor, 'nda:countersign')) return <Alert title="Waits for the countersignature">An administrator signs for the vendor.</Alert>;
    return (
      <Panel id="countersign" title="Countersign">
        <CountersignForm action={countersign} agreementId={view.id} name={name} vendorName={getEnv().VENDOR_NAME} />
      </Panel>
    );
  }
  if (view.state === 'paper_pending' && may(actor, 'nda:review')) {
    return (
      <Panel id="review" title="Review the paper copy">
        <div className="space-y-6">
          <p>Download the copy below and look at it: is it the whole agreement, unchanged, and signed by both? If our signature is missing, have it signed first and refuse this copy.</p>
          <AcceptPaperForm action={acceptPaper} agreementId={view.id} />
          <details>
            <summary className="min-h-6 font-medium">It cannot be used</summary>
            <div className="mt-3"><ReasonForm action={refusePaper} agreementId={view.id} label="Why not?" hint="The customer reads it." submitLabel="Refuse the copy" /></div>
          </details>
        </div>
      </Panel>
    );
  }
  return null;
}

function Endings({ view }: { readonly view: AgreementView }) {
  if (view.state === 'in_force' || view.state === 'paper_on_file') {
    return (
      <details className="rounded border bg-surface p-4">
        <summary className="min-h-6 font-medium">Record its end</summary>
        <div className="mt-3"><ReasonForm action={end} agreementId={view.id} label="Why does it end?" hint="Such as: notice by the customer of 3 November. The customer reads it." submitLabel="End the agreement" /></div>
      </details>
    );
  }
  if (!['draft', 'sent', 'signed', 'paper_pending'].includes(view.state)) return null;
  return (
    <ConfirmDialog triggerLabel="Withdraw" title="Withdraw the agreement?" confirmLabel="Withdraw it" pendingLabel="Withdrawing" tone="danger" action={withdrawAtDesk} values={{ agreementId: view.id }}>
      <p>Nobody can sign it any more. The customer is told and can begin anew.</p>
    </ConfirmDialog>
  );
}
