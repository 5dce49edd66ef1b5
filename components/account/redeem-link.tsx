'use client';

import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { type SignInAnswer, signInWith } from '@/lib/sign-in-client';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { LinkButton } from '../ui/link-button';
import { WithLinkSecret } from './with-link-secret';

/** Signs in by the secret of a mailed link, when a person presses the button. */
export function RedeemLink({ next }: { readonly next: string }) {
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

  return (
    <WithLinkSecret
      otherwise={
        <LinkButton href="/sign-in" variant="secondary" size="sm">
          Ask for a new link
        </LinkButton>
      }
    >
      {(secret) => (
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
      )}
    </WithLinkSecret>
  );
}
