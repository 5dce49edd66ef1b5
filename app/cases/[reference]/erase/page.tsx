import { type Metadata } from 'next';
import { redirect } from 'next/navigation';
import { EraseForm } from '@/components/erasure/erase-form';
import { WhatGoes } from '@/components/erasure/what-goes';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { listErasures } from '@/server/erasure/get-erasure';
import { orNotFound } from '@/server/http/page-result';
import { type CaseParams, caseTitle, openCasePage } from '../open-case-page';
import { orderErasureAction } from './actions';

export async function generateMetadata({ params }: CaseParams): Promise<Metadata> {
  return caseTitle(params, 'Stop and erase');
}

/** Orders that everything of the case is erased. */
export default async function EraseCasePage({ params }: CaseParams) {
  const { actor, view } = await openCasePage(params);
  const { reference } = view;
  const before = (await orNotFound(listErasures({ actor, reference }))).find(({ scope }) => scope === 'case');
  if (before) redirect(`/cases/${reference}/erasures/${before.orderId}`);
  return (
    <PageBody>
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'Stop and erase' }]} />
      <PageHeading
        caption={<>Case <span className="font-mono">{reference}</span></>}
        title="Stop and erase everything"
        lead="You can do this at any time, without giving a reason. Support may then be unable to solve the case."
      />
      <WhatGoes scope="case" />
      <Panel id="confirm" title="Confirm">
        <EraseForm action={orderErasureAction} reference={reference} fileId={null} scope="case" />
      </Panel>
    </PageBody>
  );
}
