'use client';

import { type ReactNode, useActionState, useState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { Alert } from '../ui/alert';
import { Checkbox } from '../ui/checkbox';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SubmitButton } from '../ui/submit-button';
import { TextArea } from '../ui/text-area';
import { TextField } from '../ui/text-field';

export type DraftEditorProps = {
  readonly action: FormAction;
  readonly draft: { readonly id: string; readonly title: string; readonly summary: string; readonly body: string; readonly requiresNewSignature: boolean; readonly revision: number };
  /** What is done with the draft as it is saved; offered only while nothing is typed that is not. */
  readonly children: ReactNode;
};

/**
 * The text of a draft. It remembers from which revision somebody began to type: where another administrator saves meanwhile the typed text
 * stays, and replaces theirs only where the box is ticked that says so.
 */
export function DraftEditor({ action, draft, children }: DraftEditorProps) {
  /** The revision from which the typing began; null where nothing is typed. */
  const [begunFrom, setBegunFrom] = useState<number | null>(null);
  const [state, send] = useActionState<typeof EMPTY_FORM, FormData>(async (before, form) => {
    const after = await action(before, form);
    if (after.ok) setBegunFrom(null);
    return after;
  }, EMPTY_FORM);
  const { fields, values } = state;
  // What was refused was begun from what it says, also where it was typed before the page had come to life.
  const revision = begunFrom ?? Number((state.ok ? null : values?.revision) ?? draft.revision);
  const isBehind = !state.ok && state.code === 'conflict' && revision !== draft.revision;
  return (
    <>
      <form action={send} noValidate className="space-y-5" onChange={() => setBegunFrom((known) => known ?? draft.revision)}>
        <FormErrorSummary state={state} />
        <input type="hidden" name="draftId" value={draft.id} />
        <input type="hidden" name="revision" value={revision} />
        <TextField name="title" label="Title" error={fields?.title} defaultValue={values?.title ?? draft.title} autoComplete="off" />
        <TextField name="summary" label="Summary" hint="One sentence, shown where the agreement is offered." error={fields?.summary} defaultValue={values?.summary ?? draft.summary} autoComplete="off" />
        <TextArea name="body" label="Text" hint="Markdown: headings with ##, clauses as 1.1, their parts as (a), **bold**, tables. Fields stand in double braces." rows={24} spellCheck error={fields?.body} defaultValue={values?.body ?? draft.body} className="font-mono text-[0.8125rem] leading-relaxed" />
        <Checkbox name="requiresNewSignature" label="Ask for a new signature" hint="Whoever signed an earlier version is asked to sign this one. Their agreement stays in force until they have." defaultChecked={values ? values.requiresNewSignature === 'on' : draft.requiresNewSignature} />
        {isBehind ? <Checkbox name="replaces" value={draft.revision} label="I have looked at what was saved meanwhile: replace it with my text." /> : null}
        <SubmitButton pendingLabel="Saving">Save and check</SubmitButton>
        <p role="status" className="text-sm text-muted">{begunFrom === null ? (state.ok && state.message) : 'There are changes that are not saved.'}</p>
      </form>
      {begunFrom === null ? children : <Alert title="Save first">A draft is published or discarded as it was saved, so these are offered once nothing unsaved is left.</Alert>}
    </>
  );
}
