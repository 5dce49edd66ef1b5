import './globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import { type Metadata, type Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import { type ReactNode } from 'react';
import { homeOf, navigationFor } from '@/components/shell/navigation';
import { SiteFooter } from '@/components/shell/site-footer';
import { SiteHeader } from '@/components/shell/site-header';
import { accentStyle } from '@/lib/colour/accent';
import { parseTheme, THEME_COOKIE } from '@/lib/theme';
import { getCurrentActor } from '@/server/auth/current-actor';
import { getEnv, isDemo } from '@/server/env';

/** Every page depends on who asks and carries the nonce of its own content security policy. */
export const dynamic = 'force-dynamic';

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export function generateMetadata(): Metadata {
  const { VENDOR_NAME } = getEnv();
  return {
    title: { default: `Airlock, ${VENDOR_NAME}`, template: `%s · Airlock, ${VENDOR_NAME}` },
    description: `Hand diagnostic data to ${VENDOR_NAME} support for one case: checked, kept for a stated time, and then gone.`,
    robots: { index: false, follow: false },
    referrer: 'same-origin',
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [cookieJar, headerList, actor] = await Promise.all([cookies(), headers(), getCurrentActor()]);
  const { VENDOR_NAME, VENDOR_SUPPORT_EMAIL, VENDOR_ACCENT } = getEnv();
  const theme = parseTheme(cookieJar.get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme} className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body className="flex min-h-dvh flex-col">
        {VENDOR_ACCENT ? <style nonce={headerList.get('x-nonce') ?? undefined} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: accentStyle(VENDOR_ACCENT) }} /> : null}
        <a href="#main" className="absolute -top-20 left-4 z-50 rounded bg-accent px-4 py-2 text-on-accent focus:top-2">
          Skip to the main part
        </a>
        <SiteHeader vendorName={VENDOR_NAME} homeHref={actor ? homeOf(actor) : '/'} items={navigationFor(actor)} isSignedIn={actor !== null} theme={theme} />
        <main id="main" tabIndex={-1} className="flex-1 focus:outline-none">
          {children}
        </main>
        <SiteFooter vendorName={VENDOR_NAME} supportEmail={VENDOR_SUPPORT_EMAIL} isDemo={isDemo()} />
      </body>
    </html>
  );
}
