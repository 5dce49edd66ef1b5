import Link from 'next/link';
import { classNames } from './class-names';

export type Tab = { readonly href: string; readonly label: string; readonly isCurrent: boolean; readonly count?: number };

/** Navigation between views of the same thing: links, not ARIA tabs, since each has its own address. */
export function Tabs({ tabs, label }: { readonly tabs: readonly Tab[]; readonly label: string }) {
  return (
    <nav aria-label={label} className="overflow-x-auto border-b print:hidden">
      <ul className="flex w-max gap-x-6">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={tab.isCurrent ? 'page' : undefined}
              className={classNames('inline-flex min-h-10 items-center gap-2 border-b-2 whitespace-nowrap focus-visible:-outline-offset-2', tab.isCurrent ? 'border-accent font-medium' : 'border-transparent text-muted hover:border-field hover:text-ink')}
            >
              {tab.label}
              {tab.count === undefined ? null : <span className="rounded bg-sunken px-1.5 text-xs leading-5 text-muted">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
