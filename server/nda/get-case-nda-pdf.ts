import { type Actor } from '@/domain/actor';
import { AppError, isAppError } from '@/domain/errors';
import { getNdaStep } from './get-nda-step';
import { type NdaFields } from './nda-fields';
import { type NdaPdfTemplate } from './nda-document';
import { renderNdaPdf } from './render-nda-pdf';
import { vendorFields } from './vendor-fields';

/** The fields of the template as far as a case knows them; the rest is filled in by those who sign. */
export function caseNdaFields({ organizationName, reference }: { organizationName: string; reference: string }): NdaFields {
  return { ...vendorFields(), organizationName, caseReference: reference };
}

/**
 * The NDA template in force as a PDF with the organization and the case filled in, to be read, printed or signed on paper
 * (P-NDA). An organization name in a script that the fonts do not have is left open. Unknown and forbidden: `not_found`.
 */
export async function getCaseNdaPdf({ actor, now, reference }: { actor: Actor; now: Date; reference: string }): Promise<{ pdf: Buffer; fileName: string }> {
  const step = await getNdaStep({ actor, now, reference });
  if (!step.template) throw new AppError('not_found');
  const pdf = await drawWithOrWithoutName(step.template, caseNdaFields(step));
  return { pdf, fileName: `nda-${step.reference}-v${step.template.version}.pdf` };
}

async function drawWithOrWithoutName(template: NdaPdfTemplate, fields: NdaFields): Promise<Buffer> {
  try {
    return await renderNdaPdf({ template, fields });
  } catch (error) {
    if (!isAppError(error) || error.code !== 'validation_failed') throw error;
    return renderNdaPdf({ template, fields: { ...fields, organizationName: undefined } });
  }
}
