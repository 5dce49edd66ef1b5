import Link from 'next/link';
import { type ComponentProps } from 'react';
import { type ButtonSize, buttonClasses, type ButtonVariant } from './button-classes';

export type LinkButtonProps = ComponentProps<typeof Link> & { readonly variant?: ButtonVariant; readonly size?: ButtonSize };

/** A link to another page that looks like a button: the next step. `download` makes it a plain link to a file. */
export function LinkButton({ variant = 'primary', size = 'md', className, ...rest }: LinkButtonProps) {
  const classes = buttonClasses(variant, size, className);
  if (rest.download !== undefined) {
    const { href, prefetch: _prefetch, replace: _replace, scroll: _scroll, ...anchor } = rest;
    return <a href={String(href)} className={classes} {...anchor} />;
  }
  return <Link className={classes} {...rest} />;
}
