import { classNames } from './class-names';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'sm' | 'md';

const SHARED =
  'inline-flex items-center justify-center gap-2 rounded border font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-60 aria-disabled:opacity-60 print:hidden';
const SIZES: Readonly<Record<ButtonSize, string>> = {
  sm: 'min-h-8 px-3 text-sm',
  md: 'min-h-10 px-4 text-[0.9375rem]',
};
const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-[color-mix(in_oklab,var(--color-accent),var(--color-ink)_12%)]',
  secondary: 'border-field bg-surface text-ink hover:bg-sunken',
  quiet: 'border-transparent bg-transparent text-ink hover:bg-sunken',
  danger: 'border-transparent bg-danger-solid text-on-danger hover:bg-[color-mix(in_oklab,var(--color-danger-solid),black_12%)]',
};

/** The look of a button, shared by buttons and by links that look like one. */
export function buttonClasses(variant: ButtonVariant = 'primary', size: ButtonSize = 'md', className?: string): string {
  return classNames(SHARED, SIZES[size], VARIANTS[variant], className);
}
