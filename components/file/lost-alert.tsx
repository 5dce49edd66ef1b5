import { Alert } from '../ui/alert';
import { LinkButton } from '../ui/link-button';

/** For the sender of a file of which a part vanished from storage. */
export function LostAlert({ reference, maySend }: { readonly reference: string; readonly maySend: boolean }) {
  return (
    <Alert tone="danger" title="A part of the file is no longer in storage">
      <p>The portal looked and did not find it. Nothing is wrong with your own copy. Please send the file again; what is left of this one is erased on its date.</p>
      {maySend ? (
        <LinkButton href={`/cases/${reference}/files/new`} variant="secondary" size="sm">
          Send the file again
        </LinkButton>
      ) : null}
    </Alert>
  );
}
