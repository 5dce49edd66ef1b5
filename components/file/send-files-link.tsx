import { LinkButton } from '../ui/link-button';

/** The way to the page that sends, in a notice about a file; nothing where nothing can be sent. */
export function SendFilesLink({ reference, maySend, children }: { readonly reference: string; readonly maySend: boolean; readonly children: string }) {
  if (!maySend) return null;
  return (
    <LinkButton href={`/cases/${reference}/files/new`} variant="secondary" size="sm">
      {children}
    </LinkButton>
  );
}
