import { type ComponentProps } from 'react';
import { describedBy, FieldError, type FieldTexts, firstError } from './field-frame';

export type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & Omit<FieldTexts, 'optional'> & { readonly name: string };

/** Yes or no; sends `on` (or `value`) where ticked. */
export function Checkbox({ label, hint, error, name, id = name, ...rest }: CheckboxProps) {
  return (
    <div>
      <div className="flex gap-2.5">
        <input
          type="checkbox"
          id={id}
          name={name}
          className="tick"
          aria-invalid={firstError(error) ? true : undefined}
          aria-describedby={describedBy(id, { hint, error })}
          {...rest}
        />
        <div className="min-h-6">
          <label htmlFor={id}>{label}</label>
          {hint ? (
            <p id={`${id}-hint`} className="text-sm text-muted">
              {hint}
            </p>
          ) : null}
        </div>
      </div>
      <FieldError id={id} error={error} />
    </div>
  );
}
