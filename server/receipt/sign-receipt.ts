import { type ReceiptPayload, receiptPayload } from '@/domain/receipt';
import { type ReceiptKey } from './receipt-key';
import { signPayload, type SignedPayload } from './sign-payload';

/** Signs a receipt. Throws where the payload has not the receipt's shape. */
export function signReceipt(receipt: Omit<ReceiptPayload, 'keyId' | 'type' | 'version'>, key: ReceiptKey): SignedPayload {
  return signPayload({ ...receipt, type: 'airlock-receipt', version: 1 }, receiptPayload, key);
}
