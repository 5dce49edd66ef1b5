import { createHash, X509Certificate } from 'node:crypto';
import { type Verdict, type VerifiedSignature } from '@/domain/nda-verification';
import { findSignatures, type FoundSignature, MAX_SIGNATURES } from './find-signatures';
import { onlySigned } from './only-signed';
import { fieldType, PdfFile } from './pdf-file';
import { decodeText, isRef, isString } from './pdf-tokens';
import { type ReadCms, readCms } from './read-cms';
import { readDocumentTimestamp, readTimestamp } from './read-timestamp';
import { commonName } from './signing-identity';

export type Verification<Known> = { readonly verdict: Verdict; readonly sentence: string; readonly sha256: string; readonly known: Known | null; readonly signatures: readonly VerifiedSignature[] };

export type VerifyOptions<Known> = {
  /** What the portal knows of the file with this SHA-256, if it stored it as a signed agreement; never a paper copy. */
  readonly knownSha256: (sha256: string) => Promise<Known | null>;
  /** Certificates (DER) that are trusted: the root and the seal of the portal. */
  readonly trusted: readonly Uint8Array[];
};

const SENTENCES: Readonly<Record<Verdict, string>> = {
  VALID: 'This is exactly the file that the portal stored. Every signature in it is intact, and nothing was changed after the last one.',
  INTACT_UNKNOWN_SIGNER: 'Every signature is intact and the last one covers the whole file, but this is not the file of an agreement that was signed here, and the portal does not vouch for who signed it.',
  CHANGED_AFTER_SIGNING: 'Something was added to the file after it was signed. What was signed is still in it, but the file as a whole is not what the signers saw.',
  BROKEN: 'At least one signature does not hold: the file was changed or damaged, or it was signed in a way that is not read here. Ask the sender for the original.',
  UNSIGNED: 'There is no electronic signature in this file.',
};

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Names of the signature fields by where the dictionary of their value begins; empty for files that are not plain. */
function fieldNames(file: PdfFile | null): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  if (!file) return names;
  for (const dictionary of file.fields().values()) {
    const value = dictionary.dictionary.get('V');
    const title = dictionary.dictionary.get('T');
    const offset = isRef(value) ? file.offsetOf(value.ref) : undefined;
    if (fieldType(dictionary) === 'Sig' && isString(title) && offset !== undefined) names.set(offset, decodeText(title.string));
  }
  return names;
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function isTrusted({ signer, certificates }: ReadCms, trusted: readonly X509Certificate[]): boolean {
  let current = signer;
  for (let step = 0; step <= certificates.length; step += 1) {
    if (trusted.some((certificate) => certificate.raw.equals(current.raw))) return true;
    const above = [...trusted, ...certificates].find((candidate) => candidate.ca && current.checkIssued(candidate) && current.verify(candidate.publicKey));
    if (!above || above.raw.equals(current.raw)) return false;
    current = above;
  }
  return false;
}

/** The claimed time in the dictionary around `at`, read from what is covered. */
function claimedTime(text: string, { at, end }: FoundSignature, next: number): string | null {
  const stop = Math.min(text.indexOf('endobj', at), end, next);
  const match = /\/M[\0\t\n\f\r ]*\(D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-])(\d{2})'?(\d{2})?'?)?\)/.exec(text.slice(stop - 2_048 > at ? stop - 2_048 : at, stop));
  if (!match) return null;
  const [, year, month, day, hour, minute, second, sign, hours = '00', minutes = '00'] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${sign ? `${sign}${hours}:${minutes}` : 'Z'}`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

type Checked = VerifiedSignature & { readonly at: number; readonly end: number };

function checkSignature(bytes: Uint8Array, text: string, found: FoundSignature, names: ReadonlyMap<number, string>, trusted: readonly X509Certificate[]): Checked {
  const { covered, cms, end } = found;
  const read = covered && cms ? attempt(() => readCms(cms, { detached: covered, needsSigningCertificate: false })) : null;
  const documentTime = covered && cms && !read ? attempt(() => readDocumentTimestamp(cms, covered)) : null;
  const isIntact = read !== null || documentTime !== null;
  const opening = [...names].filter(([offset]) => offset < found.at).sort(([a], [b]) => b - a)[0];
  const stamp = read?.timestampToken ? attempt(() => readTimestamp(read.timestampToken ?? new Uint8Array(), { signatureValue: read.signatureValue })) : documentTime;
  return {
    at: found.at,
    end,
    field: opening && text.indexOf('endobj', opening[0]) > found.at ? opening[1] : null,
    signerName: read ? commonName(new Uint8Array(read.signer.raw)) : (documentTime?.authority ?? null),
    signedAt: read ? claimedTime(text, found, text.length) : null,
    intact: isIntact,
    coversWholeDocument: isIntact && end === bytes.length,
    trustedBy: read && attempt(() => isTrusted(read, trusted)) ? 'portal' : null,
    timestamp: stamp && { at: stamp.at.toISOString(), authority: stamp.authority },
  };
}

function judge(bytes: Uint8Array, checked: readonly Checked[], isKnown: boolean): Verdict {
  const last = checked.at(-1);
  if (!last) return 'UNSIGNED';
  if (checked.some(({ intact }) => !intact) || checked.length > MAX_SIGNATURES) return 'BROKEN';
  if (!last.coversWholeDocument) return 'CHANGED_AFTER_SIGNING';
  if (isKnown) return 'VALID';
  return onlySigned(bytes, checked) ? 'INTACT_UNKNOWN_SIGNER' : 'CHANGED_AFTER_SIGNING';
}

/**
 * Checks a PDF that anybody may have made: is it a file that the portal stored, is each signature intact, was anything added. VALID
 * needs the SHA-256 of the file to be known, since no signature covers its own container. Never throws for what is in the file; reads
 * it without unpacking anything, in time that grows with its length.
 */
export async function verifyPdf<Known>(bytes: Uint8Array, { knownSha256, trusted }: VerifyOptions<Known>): Promise<Verification<Known>> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const known = await knownSha256(sha256);
  const text = textOf(bytes);
  const file = attempt(() => new PdfFile(bytes));
  const names = attempt(() => fieldNames(file)) ?? new Map<number, string>();
  const anchors = trusted.map((der) => new X509Certificate(der));
  const checked = findSignatures(bytes, text).map((found) => checkSignature(bytes, text, found, names, anchors));
  const verdict = judge(bytes, checked, known !== null);
  return { verdict, sentence: SENTENCES[verdict], sha256, known, signatures: checked.map(({ at: _at, end: _end, ...signature }) => signature) };
}
