import { type ReactNode } from 'react';
import { PageHeading } from '../ui/page-heading';
import { PageBody } from './page-body';

/** A page that says what happened, what it means, and what to do; with a reference where there is one. */
export function ErrorWords({ title, detail, reference, children }: { readonly title: string; readonly detail: string; readonly reference?: string | undefined; readonly children?: ReactNode }) {
  return (
    <PageBody width="narrow">
      <PageHeading title={title} lead={detail} />
      {reference ? (
        <p className="text-sm text-muted">
          Reference for support: <span className="font-mono text-ink">{reference}</span>
        </p>
      ) : null}
      {children ? <div className="flex flex-wrap gap-2">{children}</div> : null}
    </PageBody>
  );
}
