'use client';

import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { type SignInAnswer, signInWith } from '@/lib/sign-in-client';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { LinkButton } from '../ui/link-button';
import { useLinkSecret } from './use-link-secret';

/**
 * Redeems a sign-in link when a person presses the button, not by itself: programs that scan mail open links and run the scripts
 * of their pages, and would use the link up.
 */
export function RedeemLink({ next }: { readonly next: string }) {
  const link = useLinkSecret();
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<Extract<SignInAnswer, { ok: false }> | null>(null);

  const signIn = async (secret: string) => {
    setIsBusy(true);
    setRefusal(null);
    const answer = await signInWith({ link: secret });
    if (answer.ok) return window.location.assign(next);
    setRefusal(answer);
    setIsBusy(false);
  };

  if (link === 'reading') return <p className="text-muted">Reading the link. This page needs JavaScript: the link&apos;s secret never leaves your browser before you press the button.</p>;
  if (link.secret === null) {
    return (
      <Alert tone="warning" title="The link is not complete">
        <p>Open it from the mail again, or copy all of it, to the last character.</p>
        <LinkButton href="/sign-in" variant="secondary" size="sm">
          Ask for a new link
        </LinkButton>
      </Alert>
    );
  }
  const { secret } = link;
  return (
    <div className="space-y-4">
      {refusal ? (
        <Alert tone="danger" role="alert" title="You are not signed in">
          <p>{refusal.sentence}</p>
          <LinkButton href={`/sign-in?next=${encodeURIComponent(next)}`} variant="secondary" size="sm">
            Ask for a new link
          </LinkButton>
        </Alert>
      ) : null}
      {refusal && !refusal.canRetry ? null : (
        <Button variant="primary" aria-disabled={isBusy || undefined} onClick={() => void (isBusy ? undefined : signIn(secret))}>
          <LogIn aria-hidden className="size-4" />
          {isBusy ? 'Signing in' : 'Sign in'}
        </Button>
      )}
    </div>
  );
}
