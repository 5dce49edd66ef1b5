import { type Metadata } from 'next';
import Link from 'next/link';
import { PolicyText } from '@/components/content/policy-text';
import { PageBody } from '@/components/shell/page-body';
import { DateTime } from '@/components/ui/date-time';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { getCurrentActor } from '@/server/auth/current-actor';
import { portalContentValues } from '@/server/content/portal-content-values';
import { renderMarkdown } from '@/server/content/render-markdown';
import { getPolicyEvidence } from '@/server/evidence/get-policy-evidence';
import { getPolicyInForce } from '@/server/policy/get-policy-in-force';
import { listPolicyVersions } from '@/server/policy/list-policy-versions';

export const metadata: Metadata = { title: 'Diagnostic data policy' };

/** The policy in force, for everybody, and the list of its versions. */
export default async function PolicyPage() {
  const now = new Date();
  const [policy, versions] = await Promise.all([getPolicyInForce({ now }), listPolicyVersions({ now })]);
  if (!policy) {
    return (
      <PageBody>
        <PageHeading title="Diagnostic data policy" />
        <EmptyState title="No version of the policy is in force yet">Nothing can be sent before there is one.</EmptyState>
      </PageBody>
    );
  }
  const evidence = await getPolicyEvidence({ actor: (await getCurrentActor()) ?? { kind: 'anonymous' }, now });
  const { blocks, headings } = renderMarkdown({ source: policy.source, values: portalContentValues() });
  return (
    <PageBody>
      <PageHeading title={policy.title} lead={policy.summary} />
      <PolicyText policy={policy} isInForce blocks={blocks} headings={headings} evidence={evidence} />
      <Panel id="versions" title="All versions" className="max-w-[68ch]" flush>
        <ul className="divide-y">
          {versions.map((item, at) => (
            <li key={item.version} className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-2.5">
              <Link href={`/policy/${item.version}`} className="link">
                Version {item.version}
              </Link>
              <span className="text-sm text-muted">
                {at === 0 ? 'In force since ' : 'Published '}
                <DateTime iso={item.publishedAt} />
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </PageBody>
  );
}
