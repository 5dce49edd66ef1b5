import { type Metadata } from 'next';
import Link from 'next/link';
import { PageBody } from '@/components/shell/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { listGuides } from '@/server/content/list-guides';

export const metadata: Metadata = { title: 'Guides' };

/** How to make, find, trim and send each kind of file, and how to clean up afterwards. */
export default function GuidesPage() {
  return (
    <PageBody>
      <PageHeading title="Guides" lead="How to make, find and trim diagnostic data, how to send it, and what to remove afterwards." />
      <ol className="divide-y rounded border bg-surface">
        {listGuides().map((guide) => (
          <li key={guide.slug} className="relative px-4 py-3 hover:bg-sunken">
            <Link href={`/guides/${guide.slug}`} className="link font-medium after:absolute after:inset-0">
              {guide.title}
            </Link>
            <p className="text-muted">{guide.summary}</p>
          </li>
        ))}
      </ol>
    </PageBody>
  );
}
