import { type ErasureCertificatePayload, erasureCertificatePayload } from '@/domain/erasure';
import { type ReceiptKey } from '../receipt/receipt-key';
import { signPayload, type SignedPayload } from '../receipt/sign-payload';

/** Signs a certificate of erasure, with the key of receipts. Throws where it has not the shape of one. */
export function signCertificate(certificate: Omit<ErasureCertificatePayload, 'keyId' | 'type' | 'version'>, key: ReceiptKey): SignedPayload {
  return signPayload({ ...certificate, type: 'airlock-erasure-certificate', version: 1 }, erasureCertificatePayload, key);
}
