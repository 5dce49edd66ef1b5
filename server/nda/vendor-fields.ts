import { getEnv } from '../env';
import { type NdaFields } from './nda-fields';

/** What every agreement says of the vendor, from the settings of the portal. */
export function vendorFields(): NdaFields {
  const { VENDOR_NAME, VENDOR_ADDRESS, VENDOR_GOVERNING_LAW, VENDOR_SUPPORT_EMAIL } = getEnv();
  return { vendorName: VENDOR_NAME, vendorAddress: VENDOR_ADDRESS, governingLaw: VENDOR_GOVERNING_LAW, supportEmail: VENDOR_SUPPORT_EMAIL };
}
