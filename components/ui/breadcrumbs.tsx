import { ChevronRight } from 'lucide-react';
import Link from 'next/link';

export type Crumb = { readonly label: string; readonly href?: string };

/** Where this page lies; the last one is the page itself and has no `href`. */
export function Breadcrumbs({ items }: { readonly items: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="text-sm print:hidden">
      <ol className="flex flex-wrap items-center gap-x-1">
        {items.map((item, at) => (
          <li key={`${at}-${item.label}`} className="flex min-w-0 items-center gap-1">
            {at > 0 ? <ChevronRight aria-hidden className="size-3.5 flex-none text-muted" /> : null}
            {item.href ? (
              <Link href={item.href} className="inline-flex min-h-6 items-center text-muted underline-offset-2 hover:text-ink hover:underline">
                {item.label}
              </Link>
            ) : (
              <span aria-current="page" className="truncate py-0.5">
                {item.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
