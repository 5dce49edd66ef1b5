import { randomUUID } from 'node:crypto';
import { type Metadata } from 'next';
import { notFound } from 'next/navigation';
import { OpenCaseForm } from '@/components/case/open-case-form';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { PageHeading } from '@/components/ui/page-heading';
import { may } from '@/domain/permissions';
import { requireActor } from '@/server/auth/current-actor';
import { openCaseAction } from './actions';

export const metadata: Metadata = { title: 'Open a case' };

/** The form that opens a case. */
export default async function NewCasePage() {
  const actor = await requireActor();
  if (!may(actor, 'case:open')) notFound();
  return (
    <PageBody width="narrow">
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: 'Open a case' }]} />
      <PageHeading title="Open a case" lead="Describe one problem. You can send files once the case is open; nothing is sent from this page." />
      <OpenCaseForm action={openCaseAction} firstKey={randomUUID()} />
    </PageBody>
  );
}
