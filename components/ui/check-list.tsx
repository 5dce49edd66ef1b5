'use client';

import { type ReactNode, useState } from 'react';
import { describedBy, FieldError, FieldHint, type FieldTexts, firstError } from './field-frame';

export type CheckOption = { readonly value: string; readonly label: ReactNode; readonly hint?: ReactNode };
export type CheckListProps = FieldTexts & { readonly name: string; readonly id?: string; readonly options: readonly CheckOption[] };

/**
 * Any number of a few; sends `name` once for each that is ticked. It keeps what was ticked when the form comes back with an error. The first box carries the
 * group's id, so that an error summary leads to it.
 */
export function CheckList({ label, hint, error, optional, name, id = name, options }: CheckListProps) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const tick = (value: string, isTicked: boolean) => setTicked((before) => new Set(isTicked ? [...before, value] : [...before].filter((other) => other !== value)));
  return (
    <fieldset aria-describedby={describedBy(id, { hint, error })} aria-invalid={firstError(error) ? true : undefined}>
      <legend className="font-medium">
        {label}
        {optional ? <span className="font-normal text-muted"> (optional)</span> : null}
      </legend>
      <FieldHint id={id}>{hint}</FieldHint>
      <div className="mt-2 flex max-h-72 flex-col gap-y-2 overflow-y-auto p-1">
        {options.map(({ value, label: words, hint: note }, at) => {
          const optionId = at === 0 ? id : `${id}-${value}`;
          return (
            <div key={value} className="flex gap-2.5">
              <input type="checkbox" id={optionId} name={name} value={value} checked={ticked.has(value)} onChange={({ target }) => tick(value, target.checked)} aria-describedby={note ? `${optionId}-note` : undefined} className="tick" />
              <div className="min-h-6 min-w-0">
                <label htmlFor={optionId} className="break-all">{words}</label>
                {note ? (
                  <p id={`${optionId}-note`} className="text-sm text-muted">
                    {note}
                  </p>
                ) : null}
              </div>
            </div>
          );
        })}
      </div>
      <FieldError id={id} error={error} />
    </fieldset>
  );
}
