import { type KnownDocument, NDA_KNOWN_STATES, type VerificationAnswer } from '@/domain/nda-verification';
import { getDb } from '../db';
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
 * What the portal knows of the file with this SHA-256 (lower-case hex): an agreement as it was stored when it was signed here. Drafts,
 * what was withdrawn and paper copies are not known. Public: no actor; it names nobody.
 */
export async function findKnownDocument({ sha256 }: { sha256: string }): Promise<KnownDocument | null> {
  const row = await getDb().ndaAgreement.findFirst({
    where: { documentSha256: sha256, state: { in: [...NDA_KNOWN_STATES] }, signatures: { some: { party: 'customer' } } },
    select: { state: true, stateAt: true, signedAt: true, inForceFrom: true, signatures: { where: { party: 'vendor' }, select: { party: true } } },
  });
  const state = NDA_KNOWN_STATES.find((known) => known === row?.state);
  if (!row || !state) return null;
  return {
    state,
    signedByBothSides: row.signatures.length > 0,
    signedAt: row.signedAt?.toISOString() ?? null,
    inForceFrom: row.inForceFrom?.toISOString() ?? null,
    endedAt: state === 'ended' ? row.stateAt.toISOString() : null,
  };
}

/** Checks a PDF that anybody may have made. It is read in memory and not kept. Public: no actor. */
export async function verifyDocument({ now, bytes }: { now: Date; bytes: Uint8Array }): Promise<VerificationAnswer> {
  const { verdict, sentence, sha256, known, signatures } = await verifyPdf(bytes, { knownSha256: (hash) => findKnownDocument({ sha256: hash }), trusted: await trustedCertificates(now) });
  return { verdict, sentence, sha256, known, signatures };
}
