/**
 * The fields of the NDA template: the placeholders it may use, each with the label that stands where it is empty.
 * `scope` is made from `caseReference` where that is given.
 */
export const NDA_FIELD_LABELS = {
  vendorName: 'Vendor',
  vendorAddress: 'Vendor\'s registered address',
  organizationName: 'Customer',
  organizationAddress: 'Customer\'s registered address',
  scope: 'Scope',
  effectiveDate: 'Effective Date',
  term: 'Term',
  governingLaw: 'Governing law',
  courts: 'Courts',
  supportEmail: 'Address for notices to the Vendor',
  customerNoticeEmail: 'Address for notices to the Customer',
  vendorSignature: 'Signature for the Vendor',
  vendorSignatoryName: 'Name of the Vendor\'s signatory',
  vendorSignatoryTitle: 'Title of the Vendor\'s signatory',
  vendorSignatureDate: 'Date of the Vendor\'s signature',
  customerSignature: 'Signature for the Customer',
  customerSignatoryName: 'Name of the Customer\'s signatory',
  customerSignatoryTitle: 'Title of the Customer\'s signatory',
  customerSignatureDate: 'Date of the Customer\'s signature',
} as const;

export type NdaField = keyof typeof NDA_FIELD_LABELS;

/** Values for the fields. A missing or blank one is left open, to be filled in by hand or in the ceremony. */
export type NdaFields = {
  readonly vendorName: string;
  readonly governingLaw: string;
  /** Names the one Case that the agreement is for, such as `AL-7K3M-Q2ZD`. */
  readonly caseReference?: string;
} & Readonly<Partial<Record<NdaField, string>>>;

/** The values by placeholder, white space folded, Unicode in its composed form. */
export function ndaValues(fields: NdaFields): Readonly<Partial<Record<NdaField, string>>> {
  const { caseReference, ...rest } = fields;
  const scope = rest.scope ?? (caseReference ? `The Case with the reference ${caseReference}` : undefined);
  const entries = Object.entries({ ...rest, scope })
    .map(([name, value]) => [name, value?.normalize('NFC').replace(/\s+/gu, ' ').trim()] as const)
    .filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries);
}
