import { type ReactNode } from 'react';
import { CopyButton } from './copy-button';

export type CodeBlockProps = { readonly code: string; readonly caption?: ReactNode; /** Names the block for screen readers. */ readonly label?: string };

/** Commands or a file's text, to be copied as they are. Long lines scroll in their own region. */
export function CodeBlock({ code, caption, label = 'Code' }: CodeBlockProps) {
  return (
    <figure className="overflow-hidden rounded border bg-sunken">
      <figcaption className="flex items-center justify-between gap-4 border-b px-3 py-1.5 text-sm text-muted">
        <span className="min-w-0">{caption ?? label}</span>
        <CopyButton text={code} />
      </figcaption>
      <pre role="region" aria-label={label} tabIndex={0} className="overflow-x-auto p-3 font-mono text-[0.8125rem] leading-6 print:whitespace-pre-wrap">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
