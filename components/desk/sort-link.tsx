import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode } from 'react';
import { classNames } from '../ui/class-names';

export type SortLinkProps = { readonly href: string; readonly isCurrent: boolean; readonly direction: 'ascending' | 'descending'; readonly children: ReactNode };

/** A column's header that orders the list by it; the arrow says which way it goes. */
export function SortLink({ href, isCurrent, direction, children }: SortLinkProps) {
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <Link href={href} scroll={false} className={classNames('-mx-1 inline-flex min-h-6 items-center gap-1 rounded px-1 hover:text-ink', isCurrent && 'text-ink')}>
      {children}
      <Arrow aria-hidden className={classNames('size-3', isCurrent ? '' : 'opacity-0')} />
    </Link>
  );
}
