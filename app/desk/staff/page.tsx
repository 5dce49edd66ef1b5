import { type Metadata } from 'next';
import { AddStaff } from '@/components/desk/add-staff';
import { PageBody } from '@/components/shell/page-body';
import { Badge } from '@/components/ui/badge';
import { type Column, DataTable } from '@/components/ui/data-table';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { requireStaff } from '@/server/auth/current-actor';
import { orNotFound } from '@/server/http/page-result';
import { listStaff, type StaffView } from '@/server/user/list-staff';
import { addStaff } from './actions';
import { StaffActions } from './staff-actions';

export const metadata: Metadata = { title: 'Staff' };

const columns: Column<StaffView>[] = [
  {
    key: 'person',
    header: 'Person',
    isRowHeader: true,
    cell: (person) => (
      <>
        <span className="font-medium wrap-anywhere">{person.name ?? person.email ?? 'A person since erased'}</span>
        {person.isYou ? <span className="text-muted"> (you)</span> : null}
        {person.name && person.email ? <span className="block wrap-anywhere text-muted">{person.email}</span> : null}
      </>
    ),
  },
  { key: 'role', header: 'Role', cell: (person) => person.roleLabel },
  { key: 'state', header: 'Account', cell: (person) => (person.disabledAt ? <Badge tone="warning">Shut</Badge> : <Badge tone="success">Open</Badge>) },
  { key: 'seen', header: 'Last seen', cell: (person) => (person.lastSeenAt ? <RelativeTime iso={person.lastSeenAt} /> : <span className="text-muted">never</span>) },
  { key: 'actions', header: <span className="sr-only">Actions</span>, stackLabel: '', cell: (person) => (person.isYou ? null : <StaffActions person={person} />) },
];

/** Who works for the vendor, for administrators. */
export default async function StaffPage() {
  const actor = await requireStaff();
  const staff = await orNotFound(listStaff({ actor }));
  return (
    <PageBody width="wide">
      <PageHeading title="Staff" lead="A change of role and a shut account end that person's sessions at once. Nobody changes their own account, and one administrator always stays." actions={<LinkButton href="/desk/people" variant="secondary">Erase a person</LinkButton>} />
      <div className="rounded border bg-surface">
        <DataTable caption="Staff" columns={columns} rows={staff} rowKey={(person) => person.userId} />
      </div>
      <Panel id="add" title="Add a person" className="max-w-3xl">
        <AddStaff action={addStaff} />
      </Panel>
    </PageBody>
  );
}
