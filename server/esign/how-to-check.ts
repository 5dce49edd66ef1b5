/** Where a signature's bytes lie in the PDF: what it covers is the first bytes and those from `second` (counted from 1) on. */
export type SignatureParts = { readonly name: string; readonly first: number; readonly second: number; readonly rest: number };

/** The commands that check one signature, as they stand in the README; plain sh. */
function signatureCommands({ name, first, second, rest }: SignatureParts): string {
  return [
    `{ head -c ${first} agreement.pdf; tail -c +${second} agreement.pdf | head -c ${rest}; } > ${name}.signed`,
    `openssl cms -verify -cades -binary -inform DER -in signatures/${name}.p7s -content ${name}.signed -CAfile certificates/authorities.pem -purpose any -partial_chain -out /dev/null`,
  ].join('\n');
}

/** The README of an evidence bundle. */
export function howToCheck({ agreementId, portalUrl, now, signatures }: { readonly agreementId: string; readonly portalUrl: string; readonly now: Date; readonly signatures: readonly SignatureParts[] }): string {
  return `EVIDENCE OF A MUTUAL NON-DISCLOSURE AGREEMENT
Agreement ${agreementId}, bundled ${now.toISOString()} by ${portalUrl}

What is here
  agreement.pdf      the agreement as both sides have it, with every signature
  template-*.md      the text from which it was drawn
  events.jsonl       what happened, a line an event, times in UTC
  events/, EVENTS.sha256
                     the same events as the bytes whose SHA-256 is each event's hash in the portal's audit chain
  signatures/        each signature of the PDF by itself (CMS, DER)
  certificates/      the certificate of each signature, and the authorities above them
  SHA256SUMS         the SHA-256 of every file here

The signatures are simple electronic signatures. The portal made a certificate for each signing person and asserts the person's identity by
the check of the e-mail address that the events show; the portal's seal stands over all of it.

How to check it without the portal, in this folder, with sha256sum, pdfsig (poppler) and openssl

1. Nothing in the bundle was changed:
sha256sum -c SHA256SUMS

2. Each event has the hash that stands in it, and so the hash before it:
sha256sum -c EVENTS.sha256

3. The signatures of the PDF are valid, and the last covers the whole document:
pdfsig -nocert agreement.pdf

4. Each signature by itself, over exactly the bytes that it covers:
${signatures.map(signatureCommands).join('\n')}

The SHA-256 of agreement.pdf can be compared with the one in either side's mail, and on ${portalUrl}/verify.
`;
}
