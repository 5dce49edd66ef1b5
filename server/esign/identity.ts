import { type CertificateIssuer } from './make-certificate';

/** Whoever signs: a file, a hardware module or a key service, behind one function. */
export type SigningIdentity = {
  /** DER (X.509). */
  readonly certificate: Uint8Array;
  /** DER, the issuer first, the root last. Empty where the certificate signs itself. */
  readonly chain: readonly Uint8Array[];
  readonly keyType: 'EC' | 'RSA';
  /** Signs the SHA-256 of `bytes`: ECDSA as DER (RFC 3279), RSA as PKCS #1 v1.5. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
};

/** The identity that seals agreements for the portal. */
export type PortalIdentity = SigningIdentity & {
  /** Self-made on this machine: nobody else vouches for it. Pages that show a signature say so. */
  readonly isTestIdentity: boolean;
  /** Issues the certificates of persons; null where the identity is no authority, and persons get certificates that sign themselves. */
  readonly issuer: CertificateIssuer | null;
};
