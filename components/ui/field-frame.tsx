import { CircleAlert } from 'lucide-react';
import { type ReactNode } from 'react';

/** What a form field says besides its value. `error` is a sentence, or the list of them that a form action returned. */
export type FieldTexts = {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | readonly string[] | undefined;
  /** Says "(optional)" behind the label. */
  readonly optional?: boolean;
};

/** The first sentence of an error, or undefined. */
export function firstError(error: FieldTexts['error']): string | undefined {
  const first = typeof error === 'string' ? error : error?.[0];
  return first === '' ? undefined : first;
}

/** The ids that describe a field, for aria-describedby. */
export function describedBy(id: string, texts: Pick<FieldTexts, 'hint' | 'error'>): string | undefined {
  const ids = [texts.hint ? `${id}-hint` : '', firstError(texts.error) ? `${id}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** A hint below a label or legend. */
export function FieldHint({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  if (!children) return null;
  return (
    <p id={`${id}-hint`} className="mt-0.5 text-sm text-muted">
      {children}
    </p>
  );
}

/** The error of a field, linked to it by its id. */
export function FieldError({ id, error }: { readonly id: string; readonly error: FieldTexts['error'] }) {
  const sentence = firstError(error);
  if (!sentence) return null;
  return (
    <p id={`${id}-error`} className="mt-1.5 flex items-start gap-1.5 text-sm font-medium text-danger">
      <CircleAlert aria-hidden className="mt-0.5 size-4 flex-none" />
      <span>
        <span className="sr-only">Error: </span>
        {sentence}
      </span>
    </p>
  );
}

/** Label, hint, field and error in their order. */
export function FieldFrame({ id, label, hint, error, optional, children }: FieldTexts & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div>
      <label htmlFor={id} className="font-medium">
        {label}
        {optional ? <span className="font-normal text-muted"> (optional)</span> : null}
      </label>
      <FieldHint id={id}>{hint}</FieldHint>
      <div className="mt-1.5">{children}</div>
      <FieldError id={id} error={error} />
    </div>
  );
}
