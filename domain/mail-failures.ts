const KNOWN: Readonly<Record<string, string>> = {
  recipient_disabled: 'The account of the recipient is shut or erased.',
  no_address: 'There is no address to write to any more.',
  unknown_kind: 'This version of the portal does not know this kind of notice.',
  EAUTH: 'The mail server did not accept the portal\'s name and password. Check SMTP_URL.',
  ECONNECTION: 'The mail server could not be reached. Check SMTP_URL and the network.',
  ECONNREFUSED: 'The mail server could not be reached. Check SMTP_URL and the network.',
  EDNS: 'The name of the mail server could not be resolved. Check SMTP_URL.',
  ENOTFOUND: 'The name of the mail server could not be resolved. Check SMTP_URL.',
  EDEADLINE: 'The mail server took too long.',
  ETIMEDOUT: 'The mail server took too long.',
  ETLS: 'The mail server offers no TLS, which the portal needs.',
  ESOCKET: 'The connection to the mail server broke off.',
  EENVELOPE: 'The mail server does not take this recipient.',
};

/** What a failed mail's stable code means, for an administrator. `smtp_550` is the answer of the mail server; its words are not kept: they may quote the address. */
export function mailFailure(code: string | null): { readonly code: string; readonly why: string } {
  const known = code ?? 'unknown';
  if (Object.hasOwn(KNOWN, known)) return { code: known, why: KNOWN[known] ?? '' };
  if (/^smtp_4\d\d$/.test(known)) return { code: known, why: 'The mail server refused it for now.' };
  if (/^smtp_5\d\d$/.test(known)) return { code: known, why: 'The mail server refused it for good: the address may not exist, or the server does not take mail from the portal.' };
  return { code: known, why: 'It is not known why.' };
}
