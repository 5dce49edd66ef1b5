'use client';

import { type ReactNode } from 'react';
import { Alert } from '../ui/alert';
import { useLinkSecret } from './use-link-secret';

export type WithLinkSecretProps = {
  /** What helps where the link is not complete, such as a way to ask for another one. */
  readonly otherwise?: ReactNode;
  readonly children: (secret: string) => ReactNode;
};

/**
 * What a mailed link opens. Draw a button with the secret, which a person presses: programs that scan mail open links and run the scripts of
 * their pages, and would use the link up.
 */
export function WithLinkSecret({ otherwise, children }: WithLinkSecretProps) {
  const link = useLinkSecret();
  if (link === 'reading') return <p className="text-muted">Reading the link. This page needs JavaScript: the link&apos;s secret never leaves your browser before you press the button.</p>;
  if (link.secret !== null) return children(link.secret);
  return (
    <Alert tone="warning" title="The link is not complete">
      <p>Open it from the mail again, or copy all of it, to the last character.</p>
      {otherwise}
    </Alert>
  );
}
