'use client';

import { useState } from 'react';
import { signInWith } from '@/lib/sign-in-client';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';

export type DemoAccountItem = { readonly userId: string; readonly name: string; readonly email: string; readonly about: string };

/** One button an account, in demo mode only. */
export function DemoAccounts({ accounts, next }: { readonly accounts: readonly DemoAccountItem[]; readonly next: string }) {
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const signIn = async (userId: string) => {
    if (busyWith) return;
    setBusyWith(userId);
    setRefusal(null);
    const answer = await signInWith({ demo: userId });
    if (answer.ok) return window.location.assign(next);
    setRefusal(answer.sentence);
    setBusyWith(null);
  };
  return (
    <div className="space-y-3">
      {refusal ? (
        <Alert tone="danger" role="alert">
          {refusal}
        </Alert>
      ) : null}
      <ul className="divide-y">
        {accounts.map((account) => (
          <li key={account.userId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 first:pt-0 last:pb-0">
            <div className="min-w-0">
              <p className="font-medium">{account.name}</p>
              <p className="text-sm break-words text-muted">
                {account.about} · {account.email}
              </p>
            </div>
            <Button size="sm" aria-disabled={busyWith !== null || undefined} onClick={() => void signIn(account.userId)}>
              {busyWith === account.userId ? 'Signing in' : 'Sign in'}
              <span className="sr-only"> as {account.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
