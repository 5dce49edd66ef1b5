'use client';

import { useEffect, useRef } from 'react';

/** The part of a form action's answer (lib/form-state.ts) that this shows. */
export type FormErrors = {
  readonly ok: boolean;
  readonly message?: string | undefined;
  readonly fields?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly reference?: string | undefined;
};

/**
 * What stopped the form, at its top: takes the focus when the answer arrives, links to each field, and names the reference
 * for support. `fieldIds` maps a field's name to the id of its control where the two differ.
 */
export function FormErrorSummary({ state, fieldIds = {} }: { readonly state: FormErrors | null | undefined; readonly fieldIds?: Readonly<Record<string, string>> }) {
  const box = useRef<HTMLDivElement>(null);
  const failed = state !== null && state !== undefined && !state.ok && (state.message !== undefined || Object.keys(state.fields ?? {}).length > 0);
  useEffect(() => {
    if (failed) box.current?.focus();
  }, [failed, state]);
  if (!failed) return null;
  const fields = Object.entries(state.fields ?? {}).filter(([, sentences]) => sentences.length > 0);
  return (
    <div ref={box} role="alert" aria-labelledby="form-error-title" tabIndex={-1} className="rounded border-2 border-danger bg-danger-tint p-4">
      <h2 id="form-error-title" className="font-semibold text-danger">
        {fields.length > 0 ? 'Correct these and send it again' : 'This did not work'}
      </h2>
      {state.message ? <p className="mt-1">{state.message}</p> : null}
      {fields.length > 0 ? (
        <ul className="mt-2 space-y-1">
          {fields.map(([name, sentences]) => (
            <li key={name}>
              {name === '' ? (
                sentences[0]
              ) : (
                <a className="inline-block min-h-6 font-medium text-danger underline underline-offset-2" href={`#${fieldIds[name] ?? name}`}>
                  {sentences[0]}
                </a>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {state.reference ? (
        <p className="mt-2 text-sm text-muted">
          Reference for support: <span className="font-mono">{state.reference}</span>
        </p>
      ) : null}
    </div>
  );
}
