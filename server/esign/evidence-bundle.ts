import { createHash, type X509Certificate } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { type ChainedEvent, chainInput } from '@/domain/audit';
import { findSignatures } from './find-signatures';
import { howToCheck, type SignatureParts } from './how-to-check';
import { type ReadCms, readCms } from './read-cms';

/** An event with the hash before it and its own, as the portal's chain holds them. */
export type ProvenEvent = ChainedEvent & { readonly prevHash: string; readonly hash: string };

export type EvidenceInput = {
  readonly agreementId: string;
  readonly now: Date;
  readonly portalUrl: string;
  readonly pdf: Uint8Array;
  readonly template: { readonly version: string; readonly source: string };
  /** Oldest first. */
  readonly events: readonly ProvenEvent[];
  /** PEM, in the order of the signatures, each named after its field. */
  readonly certificates: readonly { readonly name: string; readonly pem: string }[];
};

/** What a check may start from: the authorities that came with the signature; where none of them issued its certificate, that itself. */
function anchorsOf({ signer, certificates }: ReadCms): readonly X509Certificate[] {
  const authorities = certificates.filter(({ ca }) => ca);
  return authorities.some((authority) => signer.checkIssued(authority)) ? authorities : [signer, ...authorities];
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * Everything that proves an agreement, as a zip that is checked without the portal by `pdfsig`, `openssl` and `sha256sum`: its own
 * README says how. The same input makes the same bytes.
 */
export function buildEvidenceBundle({ agreementId, now, portalUrl, pdf, template, events, certificates }: EvidenceInput): Uint8Array {
  const files = new Map<string, Uint8Array>([
    ['agreement.pdf', pdf],
    [`template-${template.version}.md`, strToU8(template.source)],
    ['events.jsonl', strToU8(events.map((event) => `${JSON.stringify(event)}\n`).join(''))],
  ]);
  const hashes: string[] = [];
  events.forEach(({ prevHash, hash, ...event }, at) => {
    const name = `events/${String(at + 1).padStart(4, '0')}.txt`;
    files.set(name, strToU8(chainInput(prevHash, event)));
    hashes.push(`${hash}  ${name}\n`);
  });
  files.set('EVENTS.sha256', strToU8(hashes.join('')));
  const signatures: SignatureParts[] = [];
  const authorities = new Set<string>();
  for (const [at, { covered, cms, end }] of findSignatures(pdf, Buffer.from(pdf).toString('latin1')).entries()) {
    const name = certificates[at]?.name ?? `signature-${at + 1}`;
    if (!covered || !cms) continue;
    files.set(`signatures/${name}.p7s`, cms);
    for (const one of anchorsOf(readCms(cms, { detached: covered, needsSigningCertificate: true }))) authorities.add(one.toString());
    signatures.push({ name, first: covered[0].length, second: end - covered[1].length + 1, rest: covered[1].length });
  }
  for (const { name, pem } of certificates) files.set(`certificates/${name}.pem`, strToU8(pem));
  files.set('certificates/authorities.pem', strToU8([...authorities].join('')));
  files.set('README.txt', strToU8(howToCheck({ agreementId, portalUrl, now, signatures })));
  files.set('SHA256SUMS', strToU8([...files].map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join('')));
  return zipSync(Object.fromEntries(files), { level: 6, mtime: now });
}
