/** What `contentSecurityPolicy` needs to know. */
export type PolicyInput = {
  readonly nonce: string;
  /** Origins that the browser PUTs segments to. */
  readonly storageOrigins: readonly string[];
  readonly isHttps: boolean;
  /** Next's development server evaluates code, injects styles and holds a socket open. */
  readonly isDevelopment: boolean;
};

/**
 * The Content-Security-Policy of a page: nothing from elsewhere, no inline script without the nonce, no frame, and no connection
 * but to the portal and its storage. WebAssembly is allowed because the compressor is made of it; `style` attributes are because
 * React writes widths of progress bars into them, and they can run nothing.
 */
export function contentSecurityPolicy({ nonce, storageOrigins, isHttps, isDevelopment }: PolicyInput): string {
  const directives: readonly (readonly string[])[] = [
    ['default-src', "'self'"],
    ['script-src', "'self'", `'nonce-${nonce}'`, "'strict-dynamic'", "'wasm-unsafe-eval'", ...(isDevelopment ? ["'unsafe-eval'"] : [])],
    isDevelopment ? ['style-src', "'self'", "'unsafe-inline'"] : ['style-src', "'self'", `'nonce-${nonce}'`],
    ['style-src-attr', "'unsafe-inline'"],
    ['img-src', "'self'", 'data:'],
    ['font-src', "'self'"],
    ['connect-src', "'self'", ...storageOrigins, ...(isDevelopment ? ['ws:'] : [])],
    ['worker-src', "'self'", 'blob:'],
    ['frame-src', "'none'"],
    ['frame-ancestors', "'none'"],
    ['form-action', "'self'"],
    ['base-uri', "'none'"],
    ['object-src', "'none'"],
    ...(isHttps ? [['upgrade-insecure-requests']] : []),
  ];
  return directives.map((directive) => directive.join(' ')).join('; ');
}

/** Where the browser sends segments: the endpoint that is set, or both ways in which Amazon S3 addresses a bucket. */
export function storageOrigins({ endpoint, bucket, region }: { endpoint: string | undefined; bucket: string; region: string }): string[] {
  if (endpoint) return [new URL(endpoint).origin];
  return [`https://${bucket}.s3.${region}.amazonaws.com`, `https://s3.${region}.amazonaws.com`];
}

/** Two years, all sister hosts included only where the operator says so elsewhere (RFC 6797). P-TRANSIT. */
export const STRICT_TRANSPORT_SECURITY = 'max-age=63072000';

/** On every answer, static files included. */
export const STATIC_SECURITY_HEADERS: readonly { readonly key: string; readonly value: string }[] = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // Not `no-referrer`: browsers then send `Origin: null` with forms, and the origin is what tells our own forms from others'.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
];
