'use client';

import './globals.css';
import { errorReference } from '@/components/shell/error-reference';
import { ErrorWords } from '@/components/shell/error-words';
import { Button } from '@/components/ui/button';
import { ERROR_CATALOGUE } from '@/domain/errors';

/** Where even the frame of the pages could not be made: the database does not answer, most likely. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>The portal made a mistake</title>
        <main>
          <ErrorWords title={ERROR_CATALOGUE.internal.title} detail="This is our fault, not yours. What you sent before is safe. Wait a minute and try again." reference={errorReference(error)}>
            <Button variant="primary" onClick={() => retry()}>
              Try again
            </Button>
          </ErrorWords>
        </main>
      </body>
    </html>
  );
}
