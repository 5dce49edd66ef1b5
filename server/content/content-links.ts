/**
 * Where a link of a content file leads on the portal. In the files links are relative, so that they also work in an
 * editor: `other-guide.md`, `../guides/x.md#part`, `../policy/1.0.md#P-ERASE`. Throws for anything that a page must not carry.
 */
export function resolveContentLink(href: string): { readonly href: string; readonly external: boolean } {
  if (href.startsWith('#')) return { href, external: false };
  const policy = /^\.\.\/policy\/[\d.]+\.md(#[\w-]+)?$/.exec(href);
  if (policy) return { href: `/policy${policy[1] ?? ''}`, external: false };
  const guide = /^(?:\.\.\/guides\/|\.\/)?([a-z0-9-]+)\.md(#[\w-]+)?$/.exec(href);
  if (guide) return { href: `/guides/${guide[1]}${guide[2] ?? ''}`, external: false };
  if (/^mailto:[^\s"<>]+$/i.test(href)) return { href, external: false };
  if (/^https?:\/\//i.test(href) && URL.canParse(href)) return { href, external: true };
  throw new Error(`A text links to "${href}", which is neither another text, an https address nor a mailto address.`);
}
