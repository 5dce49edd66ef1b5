'use client';

import { useEffect, useState } from 'react';

/** `reading` until the page runs in the browser; then the secret of the link, or null where there is none. */
export type LinkSecret = 'reading' | { readonly secret: string | null };

const SECRET = /^#([A-Za-z0-9_-]{43})$/;

/**
 * The secret behind the `#` of a mailed link. It is taken out of the address bar and the history at once, and lives in this page
 * only. A link that is opened while this page is open is read as well.
 */
export function useLinkSecret(): LinkSecret {
  const [found, setFound] = useState<LinkSecret>('reading');
  useEffect(() => {
    const read = () => {
      const secret = SECRET.exec(window.location.hash)?.[1] ?? null;
      if (window.location.hash !== '') window.history.replaceState(null, '', window.location.pathname + window.location.search);
      setFound((before) => (secret === null && before !== 'reading' ? before : { secret }));
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return found;
}
