export type PageHeadingLink = { readonly id: string; readonly text: string; readonly level: number };

/** The parts of a long text, to jump to. Only headings of the second level. */
export function OnThisPage({ headings }: { readonly headings: readonly PageHeadingLink[] }) {
  const parts = headings.filter((heading) => heading.level === 2);
  if (parts.length < 3) return null;
  return (
    <nav aria-label="On this page" className="text-sm print:hidden">
      <p className="font-medium">On this page</p>
      <ul className="mt-1">
        {parts.map((heading) => (
          <li key={heading.id}>
            <a href={`#${heading.id}`} className="inline-flex min-h-7 items-center text-muted underline-offset-2 hover:text-ink hover:underline">
              {heading.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
