import { type ReactNode } from 'react';
import { classNames } from './class-names';
import { describedBy, FieldError, FieldHint, type FieldTexts, firstError } from './field-frame';

export type RadioOption = { readonly value: string; readonly label: ReactNode; readonly hint?: ReactNode; readonly disabled?: boolean };

export type RadioGroupProps = FieldTexts & {
  readonly name: string;
  readonly id?: string;
  readonly options: readonly RadioOption[];
  readonly defaultValue?: string | undefined;
  readonly required?: boolean;
  /** Side by side where there is room. */
  readonly inline?: boolean;
  readonly onChange?: (value: string) => void;
};

/** One of a few. The first radio button carries the group's id, so that an error summary leads to it. */
export function RadioGroup({ label, hint, error, optional, name, id = name, options, defaultValue, required, inline = false, onChange }: RadioGroupProps) {
  return (
    <fieldset aria-describedby={describedBy(id, { hint, error })} aria-invalid={firstError(error) ? true : undefined}>
      <legend className="font-medium">
        {label}
        {optional ? <span className="font-normal text-muted"> (optional)</span> : null}
      </legend>
      <FieldHint id={id}>{hint}</FieldHint>
      <div className={classNames('mt-2 flex gap-x-6 gap-y-2', inline ? 'flex-wrap' : 'flex-col')}>
        {options.map((option, at) => {
          const optionId = at === 0 ? id : `${id}-${option.value}`;
          return (
            <div key={option.value} className="flex gap-2.5">
              <input
                type="radio"
                id={optionId}
                name={name}
                value={option.value}
                defaultChecked={option.value === defaultValue}
                disabled={option.disabled}
                required={required}
                aria-describedby={option.hint ? `${optionId}-note` : undefined}
                className="tick"
                onChange={onChange ? () => onChange(option.value) : undefined}
              />
              <div className="min-h-6">
                <label htmlFor={optionId}>{option.label}</label>
                {option.hint ? (
                  <p id={`${optionId}-note`} className="text-sm text-muted">
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
