import { type ReactNode } from 'react';
import { classNames } from '../ui/class-names';

const WIDTHS = { narrow: 'max-w-2xl', text: 'max-w-4xl', wide: 'max-w-7xl' } as const;

/** The column that a page stands in: `narrow` for one question, `text` (default) for reading, `wide` for tables. */
export function PageBody({ width = 'text', children }: { readonly width?: keyof typeof WIDTHS; readonly children: ReactNode }) {
  return <div className={classNames('mx-auto space-y-6 px-4 py-8 sm:px-6', WIDTHS[width])}>{children}</div>;
}
