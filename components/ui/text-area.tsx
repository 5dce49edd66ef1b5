import { type ComponentProps } from 'react';
import { classNames } from './class-names';
import { describedBy, FieldFrame, type FieldTexts, firstError } from './field-frame';

export type TextAreaProps = ComponentProps<'textarea'> & FieldTexts & { readonly name: string };

/** Several lines of text. */
export function TextArea({ label, hint, error, optional, name, id = name, rows = 6, className, ...rest }: TextAreaProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        className={classNames('field resize-y', className)}
        aria-invalid={firstError(error) ? true : undefined}
        aria-describedby={describedBy(id, { hint, error })}
        {...rest}
      />
    </FieldFrame>
  );
}
