import { type ReactNode } from 'react';
import { classNames } from './class-names';

export type PanelProps = {
  readonly title?: ReactNode;
  readonly id?: string;
  /** Of the heading; 2 where the page's h1 is right above. */
  readonly level?: 2 | 3;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** No padding inside: for a table or a list that reaches the border. */
  readonly flush?: boolean;
  /** The page may move the focus here. */
  readonly focusable?: boolean;
  readonly className?: string;
};

/** A part of a page with a hairline around it. With `id` the heading names the section. */
export function Panel({ title, id, level = 2, actions, children, flush = false, focusable = false, className }: PanelProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  const headingId = id && title ? `${id}-title` : undefined;
  return (
    <section id={id} tabIndex={focusable ? -1 : undefined} aria-labelledby={headingId} className={classNames('rounded border bg-surface', className)}>
      {title || actions ? (
        <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2">
          {title ? (
            <Heading id={headingId} className="font-semibold">
              {title}
            </Heading>
          ) : null}
          {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
        </div>
      ) : null}
      <div className={flush ? 'overflow-hidden' : 'p-4'}>{children}</div>
    </section>
  );
}
