import { X509Certificate } from 'node:crypto';
import { type KnownDocument, NDA_KNOWN_STATES, type VerificationAnswer } from '@/domain/nda-verification';
import { sha256Hex } from '../crypto/secrets';
import { getDb, type Prisma } from '../db';
import { trustedCertificates } from '../esign/signing-identity';
import { verifyPdf } from '../esign/verify-pdf';
import { takeRateLimit } from '../rate-limit/take';

const QUARTER_HOUR = 15 * 60;

/** Questions from one network, asked before anything of a body is read; files also in all, since each is read in memory. Throws `rate_limited`. */
export async function limitVerifications({ kind, network, now }: { kind: 'hash' | 'file'; network: string; now: Date }): Promise<void> {
  const windowSeconds = QUARTER_HOUR;
  if (network !== 'unknown') await takeRateLimit({ purpose: `verify-${kind}-network`, subject: network, limit: kind === 'hash' ? 240 : 60, windowSeconds, now });
  if (kind === 'file') await takeRateLimit({ purpose: 'verify-file-overall', subject: 'all', limit: 2000, windowSeconds, now });
}

/**
 * What the portal knows of the file with this SHA-256 (lower-case hex): an agreement as it was stored when it was signed here, by both
 * sides or, before that, by the customer alone. Drafts, what was withdrawn and paper copies are not known. Public: no actor; it names nobody.
 */
export async function findKnownDocument({ sha256 }: { sha256: string }): Promise<KnownDocument | null> {
  return (await findKnown(sha256))?.known ?? null;
}

/** With the certificates of its signatures, PEM: those are the portal's own, whatever it seals with by now. */
async function findKnown(sha256: string): Promise<{ readonly known: KnownDocument; readonly certificates: readonly string[] } | null> {
  // What the vendor signed is the file as the customer had signed it.
  const asSigned: Prisma.NdaAgreementWhereInput = { OR: [{ documentSha256: sha256 }, { signatures: { some: { party: 'vendor', documentSha256: sha256 } } }] };
  const row = await getDb().ndaAgreement.findFirst({
    where: { AND: [asSigned, { state: { in: [...NDA_KNOWN_STATES] }, signatures: { some: { party: 'customer' } } }] },
    select: { state: true, stateAt: true, signedAt: true, inForceFrom: true, documentSha256: true, signatures: { select: { party: true, certificatePem: true } } },
  });
  const state = NDA_KNOWN_STATES.find((known) => known === row?.state);
  if (!row || !state) return null;
  const isEarlierVersion = row.documentSha256 !== sha256;
  return {
    known: {
      state,
      signedByBothSides: !isEarlierVersion && row.signatures.some(({ party }) => party === 'vendor'),
      isEarlierVersion,
      signedAt: row.signedAt?.toISOString() ?? null,
      inForceFrom: row.inForceFrom?.toISOString() ?? null,
      endedAt: state === 'ended' ? row.stateAt.toISOString() : null,
    },
    certificates: row.signatures.flatMap(({ certificatePem }) => certificatePem ?? []),
  };
}

const EARLIER_VERSION = 'This is exactly a file that the portal stored, and the signature in it is intact: the agreement as the customer had signed it, before the vendor did. It is complete by now: rely on the file that both sides signed.';

/** Checks a PDF that anybody may have made. It is read in memory and not kept. Public: no actor. */
export async function verifyDocument({ now, bytes }: { now: Date; bytes: Uint8Array }): Promise<VerificationAnswer> {
  const found = await findKnown(sha256Hex(bytes));
  const trusted = [...(await trustedCertificates(now)), ...(found?.certificates ?? []).map((pem) => new Uint8Array(new X509Certificate(pem).raw))];
  const { verdict, sentence, sha256, known, signatures } = await verifyPdf(bytes, { knownSha256: () => Promise.resolve(found?.known ?? null), trusted });
  return { verdict, sentence: verdict === 'VALID' && known?.isEarlierVersion ? EARLIER_VERSION : sentence, sha256, known, signatures };
}
