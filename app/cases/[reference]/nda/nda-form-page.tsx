import { redirect } from 'next/navigation';
import { type ReactNode } from 'react';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { PageHeading } from '@/components/ui/page-heading';
import { type UserActor } from '@/domain/actor';
import { orNotFound } from '@/server/http/page-result';
import { getNdaStep } from '@/server/nda/get-nda-step';
import { type CaseParams, enterCase } from '../open-case-page';

type NdaForm = { readonly actor: UserActor; readonly reference: string; readonly defaults: { readonly partyName: string; readonly scope: 'organization' } };

/** Begins a page on which an agreement is begun; one that is under way already is shown instead. */
export async function enterNdaForm(params: CaseParams['params']): Promise<NdaForm> {
  const { actor, reference, now } = await enterCase(params);
  const step = await orNotFound(getNdaStep({ actor, now, reference }));
  if (step.underWay && step.underWay.state !== 'draft') redirect(`/nda/agreements/${step.underWay.id}`);
  return { actor, reference, defaults: { partyName: step.organizationName, scope: 'organization' } };
}

/** The frame of such a page. */
export function NdaFormPage({ reference, title, lead, children }: { readonly reference: string; readonly title: string; readonly lead: string; readonly children: ReactNode }) {
  return (
    <PageBody width="narrow">
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'NDA', href: `/cases/${reference}/nda` }, { label: title }]} />
      <PageHeading title={title} lead={lead} />
      {children}
    </PageBody>
  );
}
