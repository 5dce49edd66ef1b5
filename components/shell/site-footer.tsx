import Link from 'next/link';

export type SiteFooterProps = { readonly vendorName: string; readonly supportEmail: string; readonly isDemo: boolean };

/** The texts that hold for everybody, and where to find a person. */
export function SiteFooter({ vendorName, supportEmail, isDemo }: SiteFooterProps) {
  const link = 'inline-flex min-h-6 items-center underline-offset-2 hover:text-ink hover:underline';
  return (
    <footer className="mt-16 border-t text-sm text-muted">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center justify-between gap-x-8 gap-y-3 px-4 py-6 sm:px-6">
        <p>
          {vendorName} support: <a className="link" href={`mailto:${supportEmail}`}>{supportEmail}</a>
        </p>
        <ul className="flex flex-wrap gap-x-6 gap-y-1 print:hidden">
          <li><Link prefetch={false} href="/policy" className={link}>Diagnostic data policy</Link></li>
          <li><Link prefetch={false} href="/guides" className={link}>Guides</Link></li>
          <li><Link prefetch={false} href="/verify" className={link}>Check a signed agreement</Link></li>
          {isDemo ? <li><Link prefetch={false} href="/dev/outbox" className={link}>Outbox (demo)</Link></li> : null}
        </ul>
      </div>
    </footer>
  );
}
