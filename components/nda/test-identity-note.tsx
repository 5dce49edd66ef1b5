import { Alert } from '../ui/alert';

/** Wherever something is signed, or was, with the identity that a demo made for itself. */
export function TestIdentityNote({ isTest }: { readonly isTest: boolean }) {
  if (!isTest) return null;
  return <Alert tone="warning" title="Test identity">The portal signs with a certificate that it made on this machine. Nobody else vouches for it, so do not rely on what is signed here.</Alert>;
}
