import { getEnv } from '../env';
import { type ContentValues } from './content-values';

/** The values of the texts' placeholders, from settings. */
export function portalContentValues(): ContentValues {
  const { VENDOR_NAME, VENDOR_SUPPORT_EMAIL, AIRLOCK_URL } = getEnv();
  return { vendorName: VENDOR_NAME, supportEmail: VENDOR_SUPPORT_EMAIL, portalUrl: AIRLOCK_URL };
}
