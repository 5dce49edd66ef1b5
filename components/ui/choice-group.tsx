import { type ReactNode } from 'react';
import { describedBy, FieldError, FieldHint, type FieldTexts, firstError } from './field-frame';

export type Choice = { readonly value: string; readonly label: ReactNode; readonly hint?: ReactNode };
export type ChoiceInputProps = { readonly id: string; readonly value: string; readonly className: string; readonly 'aria-describedby': string | undefined };

export type ChoiceGroupProps<T extends Choice> = FieldTexts & {
  readonly id: string;
  readonly options: readonly T[];
  /** How the options stand. */
  readonly className: string;
  /** The radio button or box of one option. */
  readonly input: (option: T, props: ChoiceInputProps) => ReactNode;
};

/** Options under one legend, each with a note of its own. The first input carries the group's id, so that an error summary leads to it. */
export function ChoiceGroup<T extends Choice>({ id, label, hint, error, optional, options, className, input }: ChoiceGroupProps<T>) {
  return (
    <fieldset aria-describedby={describedBy(id, { hint, error })} aria-invalid={firstError(error) ? true : undefined}>
      <legend className="font-medium">
        {label}
        {optional ? <span className="font-normal text-muted"> (optional)</span> : null}
      </legend>
      <FieldHint id={id}>{hint}</FieldHint>
      <div className={className}>
        {options.map((option, at) => {
          const optionId = at === 0 ? id : `${id}-${option.value}`;
          const noteId = option.hint ? `${optionId}-note` : undefined;
          return (
            <div key={option.value} className="flex gap-2.5">
              {input(option, { id: optionId, value: option.value, className: 'tick', 'aria-describedby': noteId })}
              <div className="min-h-6 min-w-0">
                <label htmlFor={optionId} className="wrap-anywhere">
                  {option.label}
                </label>
                {option.hint ? (
                  <p id={noteId} className="text-sm text-muted">
                    {option.hint}
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
