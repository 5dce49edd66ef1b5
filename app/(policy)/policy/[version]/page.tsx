import { type Metadata } from 'next';
import { PolicyText } from '@/components/content/policy-text';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { PageHeading } from '@/components/ui/page-heading';
import { portalContentValues } from '@/server/content/portal-content-values';
import { renderMarkdown } from '@/server/content/render-markdown';
import { orNotFound } from '@/server/http/page-result';
import { getPolicyInForce } from '@/server/policy/get-policy-in-force';
import { getPolicyVersion } from '@/server/policy/get-policy-version';

export const metadata: Metadata = { title: 'Diagnostic data policy' };

/** One version of the policy at an address that stays. */
export default async function PolicyVersionPage({ params }: { params: Promise<{ version: string }> }) {
  const { version } = await params;
  const now = new Date();
  const [policy, inForce] = await Promise.all([orNotFound(getPolicyVersion({ version, now })), getPolicyInForce({ now })]);
  const { blocks, headings } = renderMarkdown({ source: policy.source, values: portalContentValues() });
  return (
    <PageBody>
      <Breadcrumbs items={[{ label: 'Policy', href: '/policy' }, { label: `Version ${policy.version}` }]} />
      <PageHeading title={policy.title} lead={policy.summary} />
      <PolicyText policy={policy} isInForce={inForce?.version === policy.version} blocks={blocks} headings={headings} />
    </PageBody>
  );
}
