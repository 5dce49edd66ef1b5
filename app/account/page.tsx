import { LogOut } from 'lucide-react';
import { type Metadata } from 'next';
import Link from 'next/link';
import { ActionButton } from '@/components/account/action-button';
import { LineForm } from '@/components/account/line-form';
import { WhatErasureDoes } from '@/components/account/what-erasure-does';
import { PageBody } from '@/components/shell/page-body';
import { Badge } from '@/components/ui/badge';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DescriptionList } from '@/components/ui/description-list';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { type UserActor } from '@/domain/actor';
import { isStaff } from '@/domain/roles';
import { requireSignedIn } from '@/server/auth/current-actor';
import { listSessions, type SessionView } from '@/server/session/list-sessions';
import { getProfile } from '@/server/user/get-profile';
import { endOneSession, endOtherSessions, eraseAccount, saveName, signOutHere } from './actions';

export const metadata: Metadata = { title: 'Account' };

function SessionRow({ session }: { readonly session: SessionView }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {session.device}
          {session.isThisOne ? <Badge tone="accent">This one</Badge> : null}
        </p>
        <p className="text-sm text-muted">
          Since <RelativeTime iso={session.createdAt} />, last seen <RelativeTime iso={session.lastSeenAt} />, <RelativeTime iso={session.expiresAt} form="left" />
        </p>
      </div>
      {session.isThisOne ? null : (
        <ActionButton action={endOneSession} values={{ sessionId: session.id }} pendingLabel="Ending">
          End<span className="sr-only"> the session of {session.device}</span>
        </ActionButton>
      )}
    </li>
  );
}

function EraseAccount({ actor }: { readonly actor: UserActor }) {
  return (
    <Panel id="erase" title="Erase your account">
      {isStaff(actor.role) ? (
        <p className="max-w-[68ch]">Nobody of the staff erases themselves: ask {actor.role === 'admin' ? 'another' : 'an'} administrator to do it.</p>
      ) : (
        <div className="space-y-4">
          <WhatErasureDoes isYou />
          <LineForm
            action={eraseAccount}
            field={{ name: 'email', label: 'To erase your account for good, type its e-mail address', type: 'email', autoComplete: 'off', spellCheck: false, autoCapitalize: 'none', width: 'half' }}
            submitLabel="Erase my account"
            submitVariant="danger"
            pendingLabel="Erasing"
          />
        </div>
      )}
    </Panel>
  );
}

export default async function AccountPage() {
  const actor = await requireSignedIn();
  const [profile, sessions] = await Promise.all([getProfile({ actor }), listSessions({ actor, now: new Date() })]);
  const signOutButton = (
    <ActionButton action={signOutHere} size="md" pendingLabel="Signing out">
      <LogOut aria-hidden className="size-4" />
      Sign out
    </ActionButton>
  );
  const endOthers = (
    <ConfirmDialog triggerLabel="End all others" triggerSize="sm" title="End all other sessions?" confirmLabel="End them" pendingLabel="Ending" action={endOtherSessions}>
      <p>Every other browser in which you are signed in has to sign in again. This one stays.</p>
    </ConfirmDialog>
  );
  return (
    <PageBody>
      <PageHeading title="Account" actions={signOutButton} />
      <Panel id="you" title="You">
        <DescriptionList
          items={[
            { term: 'E-mail address', details: profile.email ?? 'none' },
            { term: 'Role', details: profile.roleLabel },
            ...(profile.organizationName ? [{ term: 'Organization', details: profile.organizationName }] : []),
          ]}
        />
      </Panel>
      <Panel id="your-name" title="Your name">
        <LineForm
          action={saveName}
          field={{ name: 'name', label: 'Name', autoComplete: 'name', maxLength: 80, optional: true, width: 'half', hint: 'Shown to your colleagues and to support, so that they know whom they work with.' }}
          initial={profile.name ?? ''}
          submitLabel="Save the name"
          pendingLabel="Saving"
        />
      </Panel>
      <Panel id="sessions" title="Where you are signed in" flush actions={sessions.length > 1 ? endOthers : undefined}>
        <ul className="divide-y">
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      </Panel>
      <Panel id="mail" title="What is mailed to you">
        <p>
          You choose which notices come by mail as well: <Link className="link" href="/notices/settings">what is mailed to you</Link>.
        </p>
      </Panel>
      <EraseAccount actor={actor} />
    </PageBody>
  );
}
