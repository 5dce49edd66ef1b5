import { type Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AgreementForm } from '@/components/nda/agreement-form';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { PageHeading } from '@/components/ui/page-heading';
import { orNotFound } from '@/server/http/page-result';
import { getNdaStep } from '@/server/nda/get-nda-step';
import { getProfile } from '@/server/user/get-profile';
import { type CaseParams, enterCase } from '../../open-case-page';
import { signNowAction } from '../actions';

export const metadata: Metadata = { title: 'Sign now' };

/** The details of an agreement that the signed-in customer signs in person. */
export default async function SignNowPage({ params }: CaseParams) {
  const { actor, reference, now } = await enterCase(params);
  const [step, profile] = await Promise.all([orNotFound(getNdaStep({ actor, now, reference })), getProfile({ actor })]);
  if (step.underWay && step.underWay.state !== 'draft') redirect(`/nda/agreements/${step.underWay.id}`);
  const defaults = { partyName: step.organizationName, scope: 'organization' } as const;
  return (
    <PageBody width="narrow">
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'NDA', href: `/cases/${reference}/nda` }, { label: 'Sign now' }]} />
      <PageHeading title="Sign now" lead="The details that stand in the agreement. Next, a code is mailed to you, and you read the text." />
      <AgreementForm action={signNowAction} reference={reference} defaults={defaults} signatory={{ name: profile.name ?? '' }} />
    </PageBody>
  );
}
