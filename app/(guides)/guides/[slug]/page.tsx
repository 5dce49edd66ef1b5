import { type Metadata } from 'next';
import { notFound } from 'next/navigation';
import { OnThisPage } from '@/components/content/on-this-page';
import { Prose } from '@/components/content/prose';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { PageHeading } from '@/components/ui/page-heading';
import { getGuide } from '@/server/content/get-guide';
import { portalContentValues } from '@/server/content/portal-content-values';

type GuidePageProps = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: GuidePageProps): Promise<Metadata> {
  return { title: getGuide((await params).slug, portalContentValues())?.title ?? 'Not found' };
}

/** One guide; its commands can be copied as they are. */
export default async function GuidePage({ params }: GuidePageProps) {
  const guide = getGuide((await params).slug, portalContentValues());
  if (!guide) notFound();
  return (
    <PageBody>
      <Breadcrumbs items={[{ label: 'Guides', href: '/guides' }, { label: guide.title }]} />
      <PageHeading title={guide.title} lead={guide.summary} />
      <OnThisPage headings={guide.headings} />
      <Prose html={guide.html} copyCode />
    </PageBody>
  );
}
