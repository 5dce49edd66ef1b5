import { type Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ErasePersonForm } from '@/components/account/erase-person-form';
import { WhatErasureDoes } from '@/components/account/what-erasure-does';
import { PageBody } from '@/components/shell/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { may } from '@/domain/permissions';
import { requireStaff } from '@/server/auth/current-actor';
import { erase } from './actions';

export const metadata: Metadata = { title: 'Erase a person' };

/** Erasing a person by their address, for administrators. There is no list of customers: nobody needs one. */
export default async function PeoplePage() {
  const actor = await requireStaff();
  if (!may(actor, 'staff:manage')) notFound();
  return (
    <PageBody>
      <PageHeading title="Erase a person" lead="For somebody who asks to be forgotten, customer or staff. It cannot be taken back. To stop somebody from signing in, shut their account instead." />
      <Panel id="what" title="What happens">
        <WhatErasureDoes />
      </Panel>
      <Panel id="who" title="Who">
        <ErasePersonForm action={erase} />
      </Panel>
    </PageBody>
  );
}
