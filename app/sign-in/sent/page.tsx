import { type Metadata } from 'next';
import Link from 'next/link';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { LINK_MINUTES } from '@/server/auth/request-sign-in-link';
import { getEnv, isDemo } from '@/server/env';

export const metadata: Metadata = { title: 'Look into your mailbox' };

/** The same words for every address: whether it has an account is not to be found out here. */
export default function LinkSentPage() {
  const hasOutbox = isDemo() && !getEnv().SMTP_URL;
  return (
    <PageBody width="narrow">
      <PageHeading title="Look into your mailbox" lead={`A sign-in link is on its way to the address that you entered. It works once, within ${LINK_MINUTES} minutes.`} />
      {hasOutbox ? (
        <Alert title="This portal runs in demo mode">
          <p>No mail leaves this machine. It lands in the outbox.</p>
          <LinkButton href="/dev/outbox" size="sm" variant="secondary">
            Open the outbox
          </LinkButton>
        </Alert>
      ) : null}
      <div className="max-w-[68ch] space-y-3">
        <p>You can open the link in any browser, also on another device: the browser in which you press the button is the one that is signed in.</p>
        <p className="text-muted">
          Nothing after a few minutes? Look into the folder for unwanted mail, check the address, and <Link href="/sign-in" className="link">ask for another link</Link>.
        </p>
      </div>
    </PageBody>
  );
}
