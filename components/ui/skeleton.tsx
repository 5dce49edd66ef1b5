import { classNames } from './class-names';

/** A place that is being filled. Give it the size of what comes by `className`. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden className={classNames('block animate-pulse rounded bg-line', className ?? 'h-4 w-full')} />;
}
