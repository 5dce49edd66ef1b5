import { type ComponentProps } from 'react';
import { type ButtonSize, buttonClasses, type ButtonVariant } from './button-classes';

export type ButtonProps = ComponentProps<'button'> & { readonly variant?: ButtonVariant; readonly size?: ButtonSize };

/** A button that does something on this page. `type` is `button` unless it is said; for sending a form see SubmitButton. */
export function Button({ variant = 'secondary', size = 'md', type = 'button', className, ...rest }: ButtonProps) {
  return <button type={type} className={buttonClasses(variant, size, className)} {...rest} />;
}
