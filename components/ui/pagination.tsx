import { ChevronLeft, ChevronRight } from 'lucide-react';
import { groupDigits } from '@/domain/words';
import { LinkButton } from './link-button';

export type PaginationProps = {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  /** What is counted, in the plural with an s: "cases". */
  readonly noun: string;
  readonly hrefFor: (page: number) => string;
};

/** Which part of a list is shown, and the way to the next and the one before. An empty list has none: it says itself that it is empty. */
export function Pagination({ page, pageSize, total, noun, hrefFor }: PaginationProps) {
  if (total === 0) return null;
  const pages = Math.ceil(total / pageSize);
  const first = (page - 1) * pageSize + 1;
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm text-muted">
      <p>
        {total === 1 ? `1 ${noun.replace(/s$/, '')}` : `${groupDigits(first)}–${groupDigits(Math.min(page * pageSize, total))} of ${groupDigits(total)} ${noun}`}
      </p>
      {pages > 1 ? (
        <div className="flex gap-2">
          {page > 1 ? (
            <LinkButton href={hrefFor(page - 1)} variant="secondary" size="sm" rel="prev">
              <ChevronLeft aria-hidden className="size-4" /> Previous
            </LinkButton>
          ) : null}
          {page < pages ? (
            <LinkButton href={hrefFor(page + 1)} variant="secondary" size="sm" rel="next">
              Next <ChevronRight aria-hidden className="size-4" />
            </LinkButton>
          ) : null}
        </div>
      ) : null}
    </nav>
  );
}
