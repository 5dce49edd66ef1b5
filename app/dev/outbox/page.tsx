import { type Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LinkedText } from '@/components/account/linked-text';
import { RefreshEvery } from '@/components/account/refresh-every';
import { PageBody } from '@/components/shell/page-body';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { getEnv, isDemo } from '@/server/env';
import { outboxFolder, readOutbox } from '@/server/mail/outbox';

export const metadata: Metadata = { title: 'Outbox' };

/** The mail of demo mode, for everybody who can reach this machine. In production there is no such page. */
export default async function OutboxPage() {
  if (!isDemo()) notFound();
  const { AIRLOCK_DATA_DIR, AIRLOCK_URL, SMTP_URL } = getEnv();
  const mails = await readOutbox(outboxFolder(AIRLOCK_DATA_DIR));
  return (
    <PageBody>
      <RefreshEvery seconds={3} />
      <PageHeading caption="Demo mode" title="Outbox" lead={SMTP_URL ? 'Mail goes to the mail server of SMTP_URL; nothing new arrives here.' : 'Mail that the portal would have sent, newest first. This page looks for new mail every 3 seconds.'} />
      {mails.length === 0 ? (
        <Panel flush>
          <EmptyState title="No mail yet">Ask for a sign-in link, or open a case: mail arrives here within a few seconds.</EmptyState>
        </Panel>
      ) : null}
      {mails.map((mail) => (
        <Panel key={mail.id} title={mail.subject} actions={<RelativeTime iso={mail.at} className="text-sm text-muted" />}>
          <p className="mb-3 text-sm wrap-anywhere text-muted">To {mail.to}</p>
          <LinkedText text={mail.text} origin={AIRLOCK_URL} />
        </Panel>
      ))}
    </PageBody>
  );
}
