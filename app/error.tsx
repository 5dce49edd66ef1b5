'use client';

import { errorReference } from '@/components/shell/error-reference';
import { ErrorWords } from '@/components/shell/error-words';
import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { ERROR_CATALOGUE } from '@/domain/errors';

/** A page that could not be made. Nothing of the error itself is shown; its reference is in the log. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = errorReference(error);
  return (
    <ErrorWords title={ERROR_CATALOGUE.internal.title} detail={reference ? ERROR_CATALOGUE.internal.detail : 'This is our fault, not yours. What you sent before is safe. Try again; if it happens again, tell support what you were about to do.'} reference={reference}>
      <Button variant="primary" onClick={() => retry()}>
        Try again
      </Button>
      <LinkButton href="/" variant="secondary">
        Go to the start
      </LinkButton>
    </ErrorWords>
  );
}
