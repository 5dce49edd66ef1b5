import { type ReactNode } from 'react';
import { classNames } from './class-names';

export type Description = { readonly term: string; readonly details: ReactNode };

/** Facts: a term and what it is, beside each other where the place is wide enough. `columns` of 2 puts two pairs side by side from 640 px up. */
export function DescriptionList({ items, columns = 1 }: { readonly items: readonly Description[]; readonly columns?: 1 | 2 }) {
  return (
    <dl className={classNames('@container grid gap-x-8', columns === 2 && 'sm:grid-cols-2')}>
      {items.map((item) => (
        <div key={item.term} className={classNames('grid border-b py-2 last:border-b-0', columns === 2 ? 'gap-x-4 @2xl:grid-cols-[7.5rem_1fr]' : '@[17rem]:grid-cols-[6rem_1fr] @[17rem]:gap-x-3 @md:grid-cols-[10rem_1fr] @md:gap-x-4')}>
          <dt className="min-w-0 text-sm leading-6 break-words text-muted">{item.term}</dt>
          <dd className="min-w-0 break-words">{item.details}</dd>
        </div>
      ))}
    </dl>
  );
}
