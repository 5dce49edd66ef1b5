'use client';

import { useState } from 'react';
import { askForNotices, canAskForNotices } from '@/lib/upload/browser/tell-when-done';
import { Button } from '../ui/button';

const SAID = { granted: 'You will be told when it is done, if you are looking elsewhere.', denied: 'The browser does not allow notices of this page. Its settings can change that.' };

/** Offers a notice of the system for the end of sending; the browser is asked upon the click only. */
export function TellMeButton() {
  const [canAsk] = useState(canAskForNotices);
  const [answer, setAnswer] = useState<keyof typeof SAID | null>(null);
  if (!canAsk) return null;
  return (
    <span role="status">
      {answer === null ? (
        <Button size="sm" variant="quiet" onClick={async () => setAnswer((await askForNotices()) ? 'granted' : 'denied')}>
          Tell me when it is done
        </Button>
      ) : (
        SAID[answer]
      )}
    </span>
  );
}
