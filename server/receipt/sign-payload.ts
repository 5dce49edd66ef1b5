import { sign } from 'node:crypto';
import { canonicalJson } from '@/domain/audit';
import { type ReceiptKey } from './receipt-key';

export type SignedPayload = {
  /** The exact text that was signed, as UTF-8. */
  readonly payload: string;
  /** Base64 of the 64 bytes of the Ed25519 signature (RFC 8032). */
  readonly signature: string;
  readonly keyId: string;
};

/** Writes what a customer takes along (a receipt, a certificate) as canonical JSON with the id of the key, and signs those bytes. `shape` throws where it is not that. */
export function signPayload(content: object, shape: { readonly parse: (value: unknown) => object }, key: ReceiptKey): SignedPayload {
  const payload = canonicalJson(shape.parse({ ...content, keyId: key.keyId }));
  return { payload, signature: sign(null, Buffer.from(payload, 'utf8'), key.privateKey).toString('base64'), keyId: key.keyId };
}
