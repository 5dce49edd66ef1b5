import { type ComponentProps } from 'react';
import { classNames } from './class-names';
import { describedBy, FieldFrame, type FieldTexts, firstError } from './field-frame';

export type Option = { readonly value: string; readonly label: string; readonly disabled?: boolean };

export type SelectFieldProps = ComponentProps<'select'> &
  FieldTexts & {
    readonly name: string;
    readonly options: readonly Option[];
    /** An empty first choice, such as "Choose one"; left out, the first option is chosen. */
    readonly emptyLabel?: string;
  };

/** One of a list that is too long for radio buttons. */
export function SelectField({ label, hint, error, optional, name, id = name, options, emptyLabel, className, ...rest }: SelectFieldProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <select
        id={id}
        name={name}
        className={classNames('field', className)}
        aria-invalid={firstError(error) ? true : undefined}
        aria-describedby={describedBy(id, { hint, error })}
        {...rest}
      >
        {emptyLabel === undefined ? null : <option value="">{emptyLabel}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
