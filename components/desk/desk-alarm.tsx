import { type ReactNode } from 'react';
import { Alert } from '../ui/alert';

/** What stands above every page of the desk until somebody has dealt with it. */
export function DeskAlarm({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="mx-auto max-w-7xl px-4 pt-6 sm:px-6">
      <Alert tone="danger" title={title}>
        {children}
      </Alert>
    </div>
  );
}
