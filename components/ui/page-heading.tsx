import { type ReactNode } from 'react';

export type PageHeadingProps = {
  readonly title: ReactNode;
  /** Small line above, such as a reference. */
  readonly caption?: ReactNode;
  /** One or two sentences below: what this page is for. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
};

/** The one h1 of a page. */
export function PageHeading({ title, caption, lead, actions }: PageHeadingProps) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="min-w-0 max-w-[68ch]">
        {caption ? <p className="text-sm break-words text-muted">{caption}</p> : null}
        <h1 className="text-2xl font-semibold tracking-tight break-words sm:text-[1.75rem] sm:leading-9">{title}</h1>
        {lead ? <div className="mt-2 text-muted">{lead}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}
