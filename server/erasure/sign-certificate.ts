import { sign } from 'node:crypto';
import { canonicalJson } from '@/domain/audit';
import { type ErasureCertificatePayload, erasureCertificatePayload } from '@/domain/erasure';
import { type ReceiptKey } from '../receipt/receipt-key';

export type SignedCertificate = {
  /** The exact text that was signed, as UTF-8. */
  readonly payload: string;
  /** Base64 of the 64 bytes of the Ed25519 signature (RFC 8032). */
  readonly signature: string;
  readonly keyId: string;
};

/** Writes a certificate of erasure as canonical JSON and signs those bytes with the key of receipts. Throws where it has not the shape of one. */
export function signCertificate(certificate: Omit<ErasureCertificatePayload, 'keyId' | 'type' | 'version'>, key: ReceiptKey): SignedCertificate {
  const payload = canonicalJson(erasureCertificatePayload.parse({ ...certificate, type: 'airlock-erasure-certificate', version: 1, keyId: key.keyId }));
  return { payload, signature: sign(null, Buffer.from(payload, 'utf8'), key.privateKey).toString('base64'), keyId: key.keyId };
}
