import { canonicalJson } from '@/domain/audit';
import { NDA_TERM_YEARS } from '@/domain/nda-agreement';
import { sha256Hex } from '../crypto/secrets';
import { type AgreementRow } from './agreement-scope';
import { type NdaFields, ndaValues } from './nda-fields';
import { vendorFields } from './vendor-fields';

/** The fields of the template, as the agreement and its signatory fill them. Nothing that the law needs is left as an open line. */
export function agreementFields({ agreement, signatory, caseReference }: { agreement: AgreementRow; signatory: { readonly name: string; readonly title: string; readonly email: string }; caseReference: string | null }): NdaFields {
  return {
    ...vendorFields(),
    organizationName: agreement.partyName ?? undefined,
    organizationAddress: agreement.partyAddress ?? undefined,
    customerNoticeEmail: signatory.email,
    ...(caseReference ? { caseReference } : { scope: 'Every Case that the Customer opens during the Term' }),
    effectiveDate: 'The date of the last signature',
    term: `${NDA_TERM_YEARS} years from the Effective Date`,
    courts: 'The courts at the registered address of the defendant',
    customerSignatoryName: signatory.name,
    customerSignatoryTitle: signatory.title,
  };
}

/** One hash over all that the document is drawn from: the text of the template and each value. */
export function contentDigest(templateSha256: string, fields: NdaFields): string {
  return sha256Hex(canonicalJson({ templateSha256, fields: ndaValues(fields) }));
}
