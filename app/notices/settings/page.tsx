import { type Metadata } from 'next';
import { NoticeSettingsForm } from '@/components/account/notice-settings-form';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { requireActor } from '@/server/auth/current-actor';
import { getNoticeSettings } from '@/server/notice/notice-settings';
import { saveSettings } from './actions';

export const metadata: Metadata = { title: 'What is mailed to you' };

/** What a person wants to hear by mail, of what is not owed to them. */
export default async function NoticeSettingsPage() {
  const actor = await requireActor();
  const settings = await getNoticeSettings({ actor });
  return (
    <PageBody>
      <Breadcrumbs items={[{ label: 'Notices', href: '/notices' }, { label: 'What is mailed to you' }]} />
      <PageHeading title="What is mailed to you" lead="Every notice stands in the portal, whatever you choose here." />
      <Panel id="by-mail" title="Mail me as well when">
        {settings.length > 0 ? <NoticeSettingsForm action={saveSettings} settings={settings} /> : <p className="text-muted">There is nothing to choose for your role.</p>}
      </Panel>
      <Panel id="always" title="Always mailed">
        <ul className="max-w-[68ch] list-disc space-y-1 pl-5">
          <li>Links and codes that you, or a colleague, asked for.</li>
          <li>What the policy promises to tell: that support keeps a file longer, asks to share results or reads raw data, that something was erased, and that a file cannot be used.</li>
          <li>That a signed NDA is needed, is in force, or has ended.</li>
        </ul>
      </Panel>
    </PageBody>
  );
}
