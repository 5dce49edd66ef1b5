import { type NextConfig } from 'next';
import { STATIC_SECURITY_HEADERS } from './server/http/security-headers';

/** Built without an environment: whatever depends on one is decided when a request comes (proxy.ts, server/env.ts). */
const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // They find their own files beside themselves, which a bundle takes away from them.
  serverExternalPackages: ['pdfkit', '@libpdf/core', 'pkijs', 'asn1js', 'nodemailer', 'graphile-worker'],
  // `npm run types` checks the whole tree, tests included; the build does not do it a second time.
  typescript: { ignoreBuildErrors: true },
  // The portal has no pictures to scale; without this the endpoint that does so stands open.
  images: { unoptimized: true },
  turbopack: { root: import.meta.dirname },
  // A page that is asked for while the network is away is asked for again later. Without this the browser leaves for its own page of
  // errors, and takes what is being sent with it.
  experimental: { useOffline: true },
  headers: () => Promise.resolve([{ source: '/:path*', headers: [...STATIC_SECURITY_HEADERS] }]),
};

export default config;
