import { type LucideIcon } from 'lucide-react';
import { type ReactNode } from 'react';

export type EmptyStateProps = { readonly icon?: LucideIcon; readonly title: ReactNode; readonly children?: ReactNode; readonly actions?: ReactNode };

/** Nothing is here yet: says why, and what to do about it. */
export function EmptyState({ icon: Icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="px-4 py-8 sm:px-8">
      <div className="max-w-[60ch]">
        {Icon ? <Icon aria-hidden className="mb-3 size-6 text-muted" /> : null}
        <p className="font-semibold">{title}</p>
        {children ? <div className="mt-1 space-y-3 text-muted">{children}</div> : null}
        {actions ? <div className="mt-4 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
