'use client';

import { LoaderCircle } from 'lucide-react';
import { type MouseEvent } from 'react';
import { useFormStatus } from 'react-dom';
import { type ButtonProps } from './button';
import { buttonClasses } from './button-classes';

type SubmitButtonProps = Omit<ButtonProps, 'type'> & {
  /** What it says while the form is being sent; the label itself where it is left out. */
  readonly pendingLabel?: string;
};

/** Sends the form it stands in. While it is under way it stays focusable, says so, and ignores a second press. */
export function SubmitButton({ children, pendingLabel, variant = 'primary', size = 'md', className, onClick, ...rest }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (pending) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button type="submit" aria-disabled={pending || undefined} className={buttonClasses(variant, size, className)} onClick={press} {...rest}>
      {pending ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : null}
      {pending ? (pendingLabel ?? children) : children}
    </button>
  );
}
