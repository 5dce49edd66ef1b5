import { UserRound } from 'lucide-react';
import Link from 'next/link';
import { type Theme } from '@/lib/theme';
import { LinkButton } from '../ui/link-button';
import { ThemeSwitch } from '../ui/theme-switch';
import { NavLinks } from './nav-links';
import { type NavigationItem } from './navigation';
import { Wordmark } from './wordmark';

export type SiteHeaderProps = {
  readonly vendorName: string;
  readonly homeHref: string;
  readonly items: readonly NavigationItem[];
  readonly isSignedIn: boolean;
  readonly theme: Theme;
};

/** Whose portal this is, where the person can go, and who they are. */
export function SiteHeader({ vendorName, homeHref, items, isSignedIn, theme }: SiteHeaderProps) {
  return (
    <header className="border-b bg-surface print:hidden">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-3 px-4 sm:gap-x-8 sm:px-6">
        <Link href={homeHref} className="flex min-h-14 min-w-0 items-center gap-2.5">
          <Wordmark />
          <span className="truncate font-semibold tracking-tight">{vendorName}</span>
          <span className="hidden border-l pl-2.5 text-sm text-muted sm:inline">Airlock</span>
        </Link>
        <NavLinks items={items} />
        <div className="ml-auto flex items-center gap-1">
          <ThemeSwitch initial={theme} />
          {isSignedIn ? (
            <Link href="/account" className="inline-flex min-h-9 min-w-9 items-center justify-center gap-1.5 rounded px-2 text-[0.9375rem] text-muted hover:bg-sunken hover:text-ink">
              <UserRound aria-hidden className="size-4.5" />
              <span className="max-sm:sr-only">Account</span>
            </Link>
          ) : (
            <LinkButton href="/sign-in" size="sm" variant="secondary">
              Sign in
            </LinkButton>
          )}
        </div>
      </div>
    </header>
  );
}
