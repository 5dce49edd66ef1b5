import { type ComponentProps } from 'react';
import { classNames } from './class-names';
import { describedBy, FieldFrame, type FieldTexts, firstError } from './field-frame';

const WIDTHS = { full: '', half: 'max-w-sm', short: 'max-w-48' } as const;

export type TextFieldProps = Omit<ComponentProps<'input'>, 'size' | 'width'> &
  FieldTexts & {
    readonly name: string;
    /** As wide as what is expected in it. */
    readonly width?: keyof typeof WIDTHS;
  };

/** One line of text. Its id is its name unless `id` is said, so that an error summary can link to it. */
export function TextField({ label, hint, error, optional, name, id = name, width = 'full', type = 'text', className, ...rest }: TextFieldProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <input
        id={id}
        name={name}
        type={type}
        className={classNames('field', WIDTHS[width], className)}
        aria-invalid={firstError(error) ? true : undefined}
        aria-describedby={describedBy(id, { hint, error })}
        {...rest}
      />
    </FieldFrame>
  );
}
