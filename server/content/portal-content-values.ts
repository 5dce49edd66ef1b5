import { getEnv } from '../env';
import { type ContentValues } from './content-values';

/** Where the public key that checks receipts is found; the address never changes. */
export const RECEIPT_KEY_PATH = '/.well-known/airlock/receipt-key.pem';

/** The values of the texts' placeholders, from settings. */
export function portalContentValues(): ContentValues {
  const { VENDOR_NAME, VENDOR_SUPPORT_EMAIL, AIRLOCK_URL } = getEnv();
  return { vendorName: VENDOR_NAME, supportEmail: VENDOR_SUPPORT_EMAIL, portalUrl: AIRLOCK_URL, receiptKeyUrl: `${AIRLOCK_URL}${RECEIPT_KEY_PATH}` };
}
