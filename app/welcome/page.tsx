import { type Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ActionButton } from '@/components/account/action-button';
import { LineForm } from '@/components/account/line-form';
import { PageBody } from '@/components/shell/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { requireSignedIn } from '@/server/auth/current-actor';
import { listMyInvitations } from '@/server/organization/list-my-invitations';
import { joinInvited, nameOrganization } from './actions';

export const metadata: Metadata = { title: 'Your organization' };

/** The first page of a customer who belongs nowhere yet: join who invited them, or name their own organization. */
export default async function WelcomePage() {
  const actor = await requireSignedIn();
  if (actor.role !== 'customer' || actor.organizationId !== null) redirect('/');
  const invitations = await listMyInvitations({ actor, now: new Date() });
  return (
    <PageBody width="narrow">
      <PageHeading title="Your organization" lead="Cases and files belong to an organization, and its members see them together." />
      {invitations.length > 0 ? (
        <Panel id="invitations" title={invitations.length === 1 ? 'A colleague invited you' : 'Colleagues invited you'}>
          <ul className="divide-y">
            {invitations.map((invitation) => (
              <li key={invitation.invitationId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 first:pt-0 last:pb-0">
                <div className="min-w-0">
                  <p className="font-medium break-words">{invitation.organizationName}</p>
                  <p className="text-sm text-muted">
                    Open for <RelativeTime iso={invitation.expiresAt} form="left" />
                  </p>
                </div>
                <ActionButton action={joinInvited} values={{ invitationId: invitation.invitationId }} variant="primary" pendingLabel="Joining">
                  Join<span className="sr-only"> {invitation.organizationName}</span>
                </ActionButton>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <Panel id="new" title={invitations.length > 0 ? 'Or begin with a new one' : 'Name it'}>
        <LineForm
          action={nameOrganization}
          field={{ name: 'name', label: 'Name of your organization', autoComplete: 'organization', maxLength: 120, hint: 'As your colleagues and our support know it. It stands in the NDA.' }}
          submitLabel="Go on"
          pendingLabel="Saving"
        />
      </Panel>
      <p className="max-w-[68ch] text-sm text-muted">
        Your colleagues work here already? Ask one of them to invite you from their organization page. Sharing an e-mail domain is not enough, so nobody gets in by their address alone.
      </p>
    </PageBody>
  );
}
