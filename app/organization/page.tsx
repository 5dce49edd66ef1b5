import { type Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ActionButton } from '@/components/account/action-button';
import { LineForm } from '@/components/account/line-form';
import { PageBody } from '@/components/shell/page-body';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { may } from '@/domain/permissions';
import { requireActor } from '@/server/auth/current-actor';
import { getOrganization, type InvitationView, type MemberView } from '@/server/organization/get-organization';
import { invite, takeBack } from './actions';

export const metadata: Metadata = { title: 'Organization' };

const ROW = 'flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3';

function Member({ member }: { readonly member: MemberView }) {
  return (
    <li className={ROW}>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium break-words">
          {member.name ?? member.email ?? 'A former member'}
          {member.isYou ? <Badge tone="accent">You</Badge> : null}
        </p>
        {member.name && member.email ? <p className="text-sm wrap-anywhere text-muted">{member.email}</p> : null}
      </div>
    </li>
  );
}

function OpenInvitation({ invitation }: { readonly invitation: InvitationView }) {
  return (
    <li className={ROW}>
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">{invitation.email}</p>
        <p className="text-sm text-muted">
          Sent <RelativeTime iso={invitation.sentAt} /> {invitation.invitedByYou ? 'by you' : 'by a colleague'}, <RelativeTime iso={invitation.expiresAt} form="left" />
        </p>
      </div>
      <ActionButton action={takeBack} values={{ invitationId: invitation.id }} pendingLabel="Taking back">
        Take back<span className="sr-only"> the invitation to {invitation.email}</span>
      </ActionButton>
    </li>
  );
}

export default async function OrganizationPage() {
  const actor = await requireActor();
  if (!may(actor, 'organization:manage')) notFound();
  const organization = await getOrganization({ actor, now: new Date() });
  return (
    <PageBody>
      <PageHeading caption="Organization" title={organization.name} lead="Members see all cases of the organization and can send files for them." />
      <Panel id="members" title={`Members (${organization.members.length})`} flush>
        <ul className="divide-y">
          {organization.members.map((member) => (
            <Member key={member.id} member={member} />
          ))}
        </ul>
      </Panel>
      <Panel id="invite" title="Invite a colleague">
        <LineForm
          action={invite}
          field={{ name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'off', inputMode: 'email', maxLength: 254, spellCheck: false, autoCapitalize: 'none', width: 'half', hint: 'Only this very address can use the invitation, once, within 7 days.' }}
          submitLabel="Send the invitation"
          pendingLabel="Sending"
        />
      </Panel>
      <Panel id="invitations" title="Open invitations" flush>
        {organization.invitations.length === 0 ? (
          <EmptyState title="No invitation is open">Colleagues whom you invite stand here until they join.</EmptyState>
        ) : (
          <ul className="divide-y">
            {organization.invitations.map((invitation) => (
              <OpenInvitation key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        )}
      </Panel>
    </PageBody>
  );
}
