import { collect } from '../pdf/document';
import { PdfPage } from '../pdf/page';
import { createNdaDocument, drawBody, drawNdaFrame, drawNdaTitle, type NdaPdfTemplate } from './nda-document';
import { NDA_FIELD_LABELS, type NdaFields, ndaValues } from './nda-fields';
import { type RunContext } from './nda-runs';
import { requirePrintable } from './printable';

export type NdaPdfInput = { readonly template: NdaPdfTemplate; readonly fields: NdaFields };

/**
 * The NDA template as a PDF to download (P-NDA): A4, tagged (PDF/UA-1), fonts embedded, fields filled in or left as ruled lines.
 * Throws AppError `validation_failed` for a value that the fonts cannot draw. The bytes differ from call to call (identifier and
 * date of the file): keep them where they matter, never render again.
 */
export async function renderNdaPdf({ template, fields }: NdaPdfInput): Promise<Buffer> {
  const document = createNdaDocument(template);
  const bytes = collect(document);
  const context: RunContext = { values: ndaValues(fields), labels: NDA_FIELD_LABELS };
  requirePrintable(context.values, NDA_FIELD_LABELS);
  const root = document.struct('Document');
  document.addStructure(root);
  const page = new PdfPage(document, root);
  drawNdaTitle(page, template);
  drawBody(page, template, context);
  root.end();
  drawNdaFrame(document, template);
  document.end();
  return bytes;
}
