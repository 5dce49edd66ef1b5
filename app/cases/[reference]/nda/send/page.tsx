import { type Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AgreementForm } from '@/components/nda/agreement-form';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { PageHeading } from '@/components/ui/page-heading';
import { orNotFound } from '@/server/http/page-result';
import { getNdaStep } from '@/server/nda/get-nda-step';
import { type CaseParams, enterCase } from '../../open-case-page';
import { sendToSignatoryAction } from '../actions';

export const metadata: Metadata = { title: 'Send to our signatory' };

/** The details of an agreement that somebody else signs. */
export default async function SendToSignatoryPage({ params }: CaseParams) {
  const { actor, reference, now } = await enterCase(params);
  const step = await orNotFound(getNdaStep({ actor, now, reference }));
  if (step.underWay && step.underWay.state !== 'draft') redirect(`/nda/agreements/${step.underWay.id}`);
  const defaults = { partyName: step.organizationName, scope: 'organization' } as const;
  return (
    <PageBody width="narrow">
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'NDA', href: `/cases/${reference}/nda` }, { label: 'Send to our signatory' }]} />
      <PageHeading title="Send to our signatory" lead="The person whom you name gets a link by e-mail, reads the agreement and signs it, without an account." />
      <AgreementForm action={sendToSignatoryAction} reference={reference} defaults={defaults} signatory={null} />
    </PageBody>
  );
}
