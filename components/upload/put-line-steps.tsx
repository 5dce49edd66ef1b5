'use client';

import { useActionState, useState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { CodeBlock } from '../ui/code-block';
import { FormErrorSummary } from '../ui/form-error-summary';
import { RelativeTime } from '../ui/relative-time';
import { SubmitButton } from '../ui/submit-button';

export type PutLineStepsProps = {
  readonly fileId: string;
  /** The line that was just issued; without it the person asks for one. */
  readonly issued?: { readonly line: string; readonly expiresAt: string };
  readonly renew: FormAction;
  readonly finish: FormAction;
};

/** The curl line of one file, a fresh one where its time is over, and the look whether it arrived. */
export function PutLineSteps({ fileId, issued, renew, finish }: PutLineStepsProps) {
  const [renewed, askAgain] = useActionState(renew, EMPTY_FORM);
  const [looked, look] = useActionState(finish, EMPTY_FORM);
  const [last, setLast] = useState<'look' | 'renew'>('look');
  const shown = renewed.secret && renewed.values?.expiresAt ? { line: renewed.secret, expiresAt: renewed.values.expiresAt } : issued;
  return (
    <div className="space-y-4">
      <FormErrorSummary state={last === 'look' ? looked : renewed} />
      {shown ? (
        <>
          <p className="max-w-[72ch]">
            Run this in the folder that the file lies in. It can send exactly this file, once, and has to begin <RelativeTime iso={shown.expiresAt} />. Whoever has the line can do no more with it; it reads nothing.
          </p>
          <CodeBlock code={shown.line} label="The curl line" />
          <ul className="max-w-[72ch] list-disc space-y-1 pl-5 text-sm text-muted">
            <li>curl ends without an error: the file was sent.</li>
            <li>It says 403: the line is past its time, or the file is not the one that you described. Make a new line, or describe it again.</li>
            <li>It says 412: the file is there already; let the portal look.</li>
            <li>The line was cut off: run it again. It begins anew, since one PUT cannot go on where it stopped.</li>
          </ul>
        </>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <form action={look} onSubmit={() => setLast('look')}>
          <input type="hidden" name="fileId" value={fileId} />
          <SubmitButton variant={shown ? 'primary' : 'secondary'} pendingLabel="Looking">
            I have sent it: look now
          </SubmitButton>
        </form>
        <form action={askAgain} onSubmit={() => setLast('renew')}>
          <input type="hidden" name="fileId" value={fileId} />
          <SubmitButton variant="secondary" pendingLabel="Making the line">
            {shown ? 'Make a new line' : 'Show the curl line'}
          </SubmitButton>
        </form>
      </div>
    </div>
  );
}
