import { type Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PeriodsForm } from '@/components/retention/periods-form';
import { PageBody } from '@/components/shell/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { may } from '@/domain/permissions';
import { requireStaff } from '@/server/auth/current-actor';
import { getRetentionPeriods, longestPeriods } from '@/server/retention/retention-periods';
import { changePeriods } from './actions';

export const metadata: Metadata = { title: 'Settings' };

/** What an administrator sets for the whole portal. */
export default async function SettingsPage() {
  const actor = await requireStaff();
  if (!may(actor, 'settings:manage')) notFound();
  const periods = await getRetentionPeriods();
  return (
    <PageBody>
      <PageHeading title="Settings" />
      <Panel id="periods" title="How long data is kept">
        <div className="space-y-4">
          <p className="max-w-[68ch]">
            The policy promises the longest periods; here they can be made shorter. A shorter one holds for new files at once, and within a minute for those that are here: what is older than it is erased then. A longer one, up to the policy&apos;s, holds for new
            files only. Longer for one file is an extension, with notice to its customer.
          </p>
          <PeriodsForm action={changePeriods} periods={periods} longest={longestPeriods()} />
        </div>
      </Panel>
    </PageBody>
  );
}
