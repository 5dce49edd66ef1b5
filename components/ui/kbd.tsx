import { type ReactNode } from 'react';

/** A key on the keyboard. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return <kbd className="inline-flex min-w-6 items-center justify-center rounded border border-field bg-surface px-1.5 font-mono text-xs leading-5 text-ink">{children}</kbd>;
}
