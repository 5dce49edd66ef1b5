import { sign } from 'node:crypto';
import { canonicalJson } from '@/domain/audit';
import { type ReceiptPayload, receiptPayload } from '@/domain/receipt';
import { type ReceiptKey } from './receipt-key';

export type SignedReceipt = {
  /** The exact text that was signed, as UTF-8. */
  readonly payload: string;
  /** Base64 of the 64 bytes of the Ed25519 signature (RFC 8032). */
  readonly signature: string;
  readonly keyId: string;
};

/** Writes a receipt as canonical JSON and signs those bytes. Throws where the payload has not the receipt's shape. */
export function signReceipt(receipt: Omit<ReceiptPayload, 'keyId' | 'type' | 'version'>, key: ReceiptKey): SignedReceipt {
  const payload = canonicalJson(receiptPayload.parse({ ...receipt, type: 'airlock-receipt', version: 1, keyId: key.keyId }));
  return { payload, signature: sign(null, Buffer.from(payload, 'utf8'), key.privateKey).toString('base64'), keyId: key.keyId };
}
