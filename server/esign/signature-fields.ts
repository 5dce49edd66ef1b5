/** The signature fields of an agreement, in the order in which they stand in it. */
export type SignatureFieldName = 'customer' | 'vendor' | 'seal';

export const FIELD_LABELS: Readonly<Record<SignatureFieldName, string>> = {
  customer: 'Signature for the Customer',
  vendor: 'Signature for the Vendor',
  seal: 'Seal of the portal',
};

/** UTC with milliseconds, as it stands in the agreement: `2026-11-27 05:20:31.123 UTC`. */
export function utcTime(date: Date): string {
  return `${date.toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}
