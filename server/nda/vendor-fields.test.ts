import { expect, it, vi } from 'vitest';
import { agreementFields } from './agreement-fields';
import { type AgreementRow } from './agreement-scope';
import { caseNdaFields } from './get-case-nda-pdf';

vi.mock('../env', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  getEnv: () => ({ VENDOR_NAME: 'Example Ltd', VENDOR_ADDRESS: '1 Example Street', VENDOR_GOVERNING_LAW: 'Ireland', VENDOR_SUPPORT_EMAIL: 'support@example.test' }),
}));

it('says the same of the vendor where the text is offered and where it is signed', () => {
  const agreement = { partyName: 'Acme', partyAddress: 'Cork' } as AgreementRow;
  const signed = agreementFields({ agreement, signatory: { name: 'Zoë', title: 'Director', email: 'zoe@example.test' }, caseReference: null });
  const offered = caseNdaFields({ organizationName: 'Acme', reference: 'AL-7K3M-Q2ZD' });
  for (const name of ['vendorName', 'vendorAddress', 'governingLaw', 'supportEmail'] as const) expect([name, offered[name]]).toEqual([name, signed[name]]);
});
