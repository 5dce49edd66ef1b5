'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useTransition } from 'react';

export type FilterFormProps = {
  readonly path: string;
  /** Names the form. */
  readonly label: string;
  /** Parameters that are kept, such as the tab and the order. */
  readonly kept: Readonly<Record<string, string | null>>;
  readonly children: ReactNode;
};

/**
 * Filters as an ordinary GET form: without JavaScript it works by its button; with it a changed choice applies at once and empty
 * fields stay out of the address.
 */
export function FilterForm({ path, label, kept, children }: FilterFormProps) {
  const router = useRouter();
  const [isPending, start] = useTransition();
  const apply = (form: HTMLFormElement) => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value.trim() !== '') query.append(name, value.trim());
    const text = query.toString();
    start(() => router.push(text === '' ? path : `${path}?${text}`, { scroll: false }));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    apply(event.currentTarget);
  };
  const change = (event: FormEvent<HTMLFormElement>) => {
    const field = event.target;
    if (field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && field.type === 'checkbox')) apply(event.currentTarget);
  };
  return (
    <form role="search" aria-label={label} method="get" action={path} onSubmit={submit} onChange={change} aria-busy={isPending} className="flex flex-wrap items-end gap-3">
      {Object.entries(kept).map(([name, value]) => (value === null ? null : <input key={name} type="hidden" name={name} value={value} />))}
      {children}
    </form>
  );
}
