import { type Metadata } from 'next';
import { JoinByLink } from '@/components/account/join-by-link';
import { PageBody } from '@/components/shell/page-body';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { getCurrentActor } from '@/server/auth/current-actor';
import { getProfile } from '@/server/user/get-profile';
import { joinByLink } from './actions';

export const metadata: Metadata = { title: 'Invitation' };

/** Where the link of an invitation leads. Its secret stands behind `#`; whom it is for is known once that person is signed in. */
export default async function InvitationPage() {
  const actor = await getCurrentActor();
  if (!actor) {
    return (
      <PageBody width="narrow">
        <PageHeading title="A colleague invited you" lead="Sign in with the e-mail address that received the invitation. It waits for you right after that." />
        <LinkButton href="/sign-in?next=%2Fwelcome">Sign in to join</LinkButton>
      </PageBody>
    );
  }
  const { email } = await getProfile({ actor });
  return (
    <PageBody width="narrow">
      <PageHeading title="A colleague invited you" lead="Join, and you see the cases of your organization and can send files for them." />
      <p>
        You are signed in as <strong className="font-semibold wrap-anywhere">{email}</strong>.
      </p>
      <JoinByLink action={joinByLink} />
    </PageBody>
  );
}
