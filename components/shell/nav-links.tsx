'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classNames } from '../ui/class-names';
import { isCurrent, type NavigationItem } from './navigation';

/** The main navigation; marks where the person is. Scrolls sideways where it does not fit. */
export function NavLinks({ items }: { readonly items: readonly NavigationItem[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="order-last -mx-4 w-[calc(100%+2rem)] overflow-x-auto px-2 sm:-mx-6 sm:w-[calc(100%+3rem)] sm:px-4 md:order-none md:mx-0 md:w-auto md:px-0">
      <ul className="flex gap-1 md:gap-2">
        {items.map((item) => {
          const current = isCurrent(item, pathname);
          return (
            <li key={item.href}>
              <Link
                href={item.href}
                aria-current={current ? 'page' : undefined}
                className={classNames('relative inline-flex min-h-11 items-center px-2 text-[0.9375rem] whitespace-nowrap focus-visible:-outline-offset-2 md:min-h-14', current ? 'font-medium after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:bg-accent' : 'text-muted hover:text-ink')}
              >
                {item.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
