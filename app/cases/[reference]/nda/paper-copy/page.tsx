import { type Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PaperCopyForm } from '@/components/nda/paper-copy-form';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { PageHeading } from '@/components/ui/page-heading';
import { orNotFound } from '@/server/http/page-result';
import { getNdaStep } from '@/server/nda/get-nda-step';
import { type CaseParams, enterCase } from '../../open-case-page';

export const metadata: Metadata = { title: 'Upload a signed copy' };

/** Hands in an agreement that was signed on paper. */
export default async function PaperCopyPage({ params }: CaseParams) {
  const { actor, reference, now } = await enterCase(params);
  const step = await orNotFound(getNdaStep({ actor, now, reference }));
  if (step.underWay && step.underWay.state !== 'draft') redirect(`/nda/agreements/${step.underWay.id}`);
  const defaults = { partyName: step.organizationName, scope: 'organization' } as const;
  return (
    <PageBody width="narrow">
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'NDA', href: `/cases/${reference}/nda` }, { label: 'Upload a signed copy' }]} />
      <PageHeading title="Upload a signed copy" lead="A scan or PDF of the agreement, signed on paper. Support looks at it; until then it does not count. It is shown as a paper copy on file, never as verified." />
      <PaperCopyForm reference={reference} defaults={defaults} />
    </PageBody>
  );
}
