import { Alert } from '../ui/alert';
import { SendFilesLink } from './send-files-link';

/** For the sender of a file of which a part vanished from storage. */
export function LostAlert({ reference, maySend }: { readonly reference: string; readonly maySend: boolean }) {
  return (
    <Alert tone="danger" title="A part of the file is no longer in storage">
      <p>The portal looked and did not find it. Nothing is wrong with your own copy. Please send the file again; what is left of this one is erased on its date.</p>
      <SendFilesLink reference={reference} maySend={maySend}>Send the file again</SendFilesLink>
    </Alert>
  );
}
