import { type ReactNode } from 'react';

/** Plain text whose links into the portal can be clicked; other addresses stay text. */
export function LinkedText({ text, origin }: { readonly text: string; readonly origin: string }) {
  const parts: ReactNode[] = text.split(/(https?:\/\/\S+)/).map((part, at) =>
    part === origin || part.startsWith(`${origin}/`) ? (
      <a key={at} href={part} className="link wrap-anywhere">
        {part}
      </a>
    ) : (
      part
    ),
  );
  return <pre className="font-sans break-words whitespace-pre-wrap">{parts}</pre>;
}
