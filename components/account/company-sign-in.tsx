'use client';

import { Building2 } from 'lucide-react';
import { useState } from 'react';
import { beginCompanySignIn } from '@/lib/sign-in-client';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';

/** Sends staff to their company's identity provider. */
export function CompanySignIn({ next }: { readonly next: string }) {
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const go = async () => {
    if (isBusy) return;
    setIsBusy(true);
    setRefusal(null);
    const answer = await beginCompanySignIn(next);
    if (answer.ok) return window.location.assign(answer.url);
    setRefusal(answer.sentence);
    setIsBusy(false);
  };
  return (
    <div className="space-y-3">
      {refusal ? (
        <Alert tone="danger" role="alert">
          {refusal}
        </Alert>
      ) : null}
      <Button aria-disabled={isBusy || undefined} onClick={() => void go()}>
        <Building2 aria-hidden className="size-4" />
        {isBusy ? 'Going to your company' : 'Use the company account'}
      </Button>
    </div>
  );
}
