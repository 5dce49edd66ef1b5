import { type Metadata } from 'next';
import { RedeemLink } from '@/components/account/redeem-link';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { PageHeading } from '@/components/ui/page-heading';
import { safeNextPath } from '@/lib/next-path';
import { getCurrentActor } from '@/server/auth/current-actor';

export const metadata: Metadata = { title: 'Sign in by link' };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The secret stands behind `#`, so this page is rendered without knowing it, or whose link it is. */
export default async function SignInLinkPage({ searchParams }: Props) {
  const next = safeNextPath((await searchParams).next);
  const actor = await getCurrentActor();
  return (
    <PageBody width="narrow">
      <PageHeading title="Sign in by link" lead="Press the button to sign in with the address that received this link, in this browser." />
      {actor ? <Alert>You are signed in here already. Signing in by this link ends that session and begins a new one.</Alert> : null}
      <RedeemLink next={next} />
    </PageBody>
  );
}
