import { createNdaDocument, drawBody, drawNdaFrame, drawNdaTitle, type NdaPdfTemplate, type SignatureFields } from '../nda/nda-document';
import { NDA_FIELD_LABELS, type NdaFields, ndaValues } from '../nda/nda-fields';
import { assertPrintable, requirePrintable } from '../nda/printable';
import { collect } from '../pdf/document';
import { MARGINS, PdfPage } from '../pdf/page';
import { drawTable } from '../pdf/table';
import { drawHeading, drawParagraph } from '../pdf/text';
import { type Appearance, leastHeight } from './appearance';
import { signatureFacts } from './signature-facts';
import { FIELD_LABELS, type SignatureFieldName, utcTime } from './signature-fields';

export type AgreementParty = { readonly organization: string; readonly name?: string | undefined; readonly title?: string | undefined; readonly email?: string | undefined };

export type AgreementPdfInput = {
  /** `source` is the Markdown whose SHA-256 is `sha256`. */
  readonly template: NdaPdfTemplate;
  readonly fields: NdaFields;
  readonly agreementId: string;
  /** The signatory of the customer is known before the agreement is drawn; the vendor's may be known later. */
  readonly parties: { readonly customer: AgreementParty; readonly vendor: AgreementParty };
  /** What was recorded until now, oldest first: sentences. What comes later stands in the seal and in the evidence bundle. */
  readonly evidence: readonly { readonly at: Date; readonly text: string }[];
  /** Address of the page on which anybody can check the file. */
  readonly verifyUrl: string;
};

const BOX_GAP = 14;
/** Least heights, points; boxes grow with what is known to stand in them. */
const BOX_HEIGHT = 150;
const SEAL_HEIGHT = 150;
/** The vendor's signatory is named when the customer has signed: room is kept for a long name and title. */
const NAME_TO_COME = 'Somebody with a long name '.repeat(12).slice(0, 300);
const TITLE_TO_COME = 'Head of something '.repeat(7).slice(0, 120);
/** Each is as long as any other. */
const SOME_TIME = new Date('2026-11-27T05:20:31.123Z');
/** Print, and locked in its place (ISO 32000-1, table 165). */
const WIDGET_FLAGS = 4 | 128;

type WithCatalog = { readonly _root: { readonly data: Record<string, unknown> }; endAcroForm: () => PDFKit.PDFDocument };
type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/**
 * The whole agreement before anybody signed: text with its fields, the page that certifies how it is signed, and three empty signature
 * fields (customer, vendor, seal), so that no page changes after the first signature. Tagged (PDF/UA-1), fonts embedded, names in every
 * script that the fonts draw. Throws AppError `validation_failed` for what cannot be printed. Bytes differ from call to call: keep them.
 */
export async function renderAgreementPdf(input: AgreementPdfInput): Promise<Uint8Array> {
  const values = ndaValues(input.fields);
  requirePrintable(values, NDA_FIELD_LABELS);
  requirePartiesPrintable(input);
  const document = createNdaDocument(input.template);
  const bytes = collect(document);
  const root = document.struct('Document');
  document.addStructure(root);
  const page = new PdfPage(document, root);
  const fields: PDFKit.PDFKitReference[] = [];
  drawNdaTitle(page, input.template);
  drawBody(page, input.template, { values, labels: NDA_FIELD_LABELS }, signatureBoxes(page, input, fields));
  drawCertificatePage(page, input, fields);
  root.end();
  drawNdaFrame(document, input.template);
  addForm(document, fields);
  document.end();
  return new Uint8Array(await bytes);
}

function requirePartiesPrintable({ parties, evidence }: AgreementPdfInput): void {
  const labels = { organization: 'Organization', name: 'Name', title: 'Title', email: 'E-mail address' } as const;
  for (const party of [parties.customer, parties.vendor]) {
    for (const [name, label] of Object.entries(labels)) assertPrintable(party[name as keyof AgreementParty] ?? '', { path: name, label });
  }
  for (const { text } of evidence) assertPrintable(text, { path: 'name', label: 'Name' });
}

/** pdfkit's own forms ask the reader to draw appearances (NeedAppearances), which would change what was signed; so the form is set by hand. */
function addForm(document: PDFKit.PDFDocument, fields: readonly PDFKit.PDFKitReference[]): void {
  const open = document as unknown as WithCatalog;
  const form = document.ref({ Fields: fields, SigFlags: 3 });
  open._root.data.AcroForm = form;
  open.endAcroForm = () => document;
  form.end(undefined);
}

function addSignatureField(page: PdfPage, name: SignatureFieldName, { x, y, width, height }: Rectangle): PDFKit.PDFKitReference {
  const { document } = page;
  const element = document.struct('Form', { alt: FIELD_LABELS[name] });
  page.root.add(element);
  const options: Record<string, unknown> = { Subtype: 'Widget', FT: 'Sig', T: new String(name), TU: new String(FIELD_LABELS[name]), F: WIDGET_FLAGS, P: document.page.dictionary, structParent: element };
  document.annotate(x, y, width, height, options as PDFKit.Mixins.AnnotationOption);
  element.end();
  const reference = document.page.annotations.at(-1);
  if (!reference) throw new Error('The signature field was not made.');
  return reference as unknown as PDFKit.PDFKitReference;
}

function drawFrame(page: PdfPage, { x, y, width, height }: Rectangle): void {
  page.document.markContent('Artifact', { type: 'Layout' });
  page.document.roundedRect(x, y, width, height, 3).lineWidth(0.6).strokeColor('#9aa3ad').stroke();
  page.document.endMarkedContent();
}

/** As high as the longer of the two signatures, typed or drawn, needs to be legible. */
function signatureHeight({ customer }: AgreementPdfInput['parties'], width: number): number {
  const ways: readonly Appearance[] = [{ kind: 'typed', text: customer.name?.normalize('NFC') ?? '' }, { kind: 'drawn', paths: [] }];
  return Math.max(BOX_HEIGHT, ...ways.map((appearance) => leastHeight({ width, appearance, facts: signatureFacts({ signer: customer, appearance, now: SOME_TIME }) })));
}

function sealHeight({ customer }: AgreementPdfInput['parties'], agreementId: string, width: number): number {
  const hash = `SHA-256 ${'0'.repeat(64)}`;
  const facts = [
    { label: 'Agreement', value: agreementId },
    { label: 'For the Customer', value: `${customer.name ?? NAME_TO_COME}, ${customer.title ?? TITLE_TO_COME}, ${utcTime(SOME_TIME)}`.normalize('NFC') },
    { label: 'For the Vendor', value: `${NAME_TO_COME}, ${TITLE_TO_COME}, ${utcTime(SOME_TIME)}` },
    ...['Read', 'Audit'].map((label) => ({ label, value: `${hash} and more` })),
  ];
  const appearance = { kind: 'seal', title: 'Sealed by the portal' } as const;
  return Math.max(SEAL_HEIGHT, leastHeight({ width, appearance, facts: signatureFacts({ signer: {}, appearance, now: SOME_TIME, facts }) }));
}

/** The two fields side by side, each below the name of its party. */
function signatureBoxes(page: PdfPage, { parties }: AgreementPdfInput, fields: PDFKit.PDFKitReference[]): SignatureFields {
  const width = (page.width - BOX_GAP) / 2;
  const style = { size: 8.5, leading: 11.5 } as const;
  const columns = [
    { name: 'vendor' as const, heading: 'For the Vendor', party: parties.vendor, x: MARGINS.left },
    { name: 'customer' as const, heading: 'For the Customer', party: parties.customer, x: MARGINS.left + width + BOX_GAP },
  ].map((column) => ({ ...column, lines: [...page.lines([{ text: column.heading, font: 'semibold' }], width, style), ...page.lines([{ text: column.party.organization.normalize('NFC'), font: 'regular' }], width, style)] }));
  const headHeight = Math.max(...columns.map(({ lines }) => lines.length)) * style.leading + 5;
  const boxHeight = signatureHeight(parties, width);
  const height = headHeight + boxHeight;
  const draw = () => {
    page.need(height);
    const top = page.y;
    for (const { name, lines, x } of columns) {
      const paragraph = page.document.struct('P');
      page.root.add(paragraph);
      paragraph.add(() => page.drawLines(lines, x, top, style));
      paragraph.end();
      const box = { x, y: top + headHeight, width, height: boxHeight };
      drawFrame(page, box);
      fields.push(addSignatureField(page, name, box));
    }
    page.y = top + height + 14;
  };
  return { height, draw };
}

const text = (value: string) => ({ runs: [{ text: value.normalize('NFC'), font: 'regular' as const }] });
const bold = (value: string) => ({ runs: [{ text: value, font: 'semibold' as const }] });

/** Who, when and how, as far as it is known before the first signature; the rest is what the fields show once they are signed. */
function drawCertificatePage(page: PdfPage, input: AgreementPdfInput, fields: PDFKit.PDFKitReference[]): void {
  const { template, parties, agreementId, evidence, verifyUrl } = input;
  page.document.addPage();
  page.y = MARGINS.top;
  drawHeading(page, 'H2', [{ text: 'Certificate of signing', font: 'semibold' }], 60);
  drawParagraph(page, [{ text: 'This page belongs to the agreement and was drawn before the first signature. Each person signs with a simple electronic signature; the portal asserts their identity as stated here and seals the whole once both have signed.', font: 'regular' }]);
  const rows: (readonly [string, string | undefined])[] = [
    ['Agreement', agreementId],
    ['Template', `${template.title}, version ${template.version}`],
    ['Customer', parties.customer.organization],
    ['Signatory of the Customer', [parties.customer.name, parties.customer.title].filter(Boolean).join(', ') || undefined],
    ['E-mail of the signatory', parties.customer.email],
    ['Vendor', parties.vendor.organization],
    ['Signatory of the Vendor', [parties.vendor.name, parties.vendor.title].filter(Boolean).join(', ') || 'Named in the signature for the Vendor and in the seal'],
    ['Check this file', verifyUrl],
  ];
  drawTable(page, { header: [bold('Item'), bold('Recorded')], rows: rows.flatMap(([label, value]) => (value === undefined ? [] : [[bold(label), text(value)]])) });
  if (evidence.length > 0) {
    drawHeading(page, 'H3', [{ text: 'Recorded before signing', font: 'semibold' }], 60);
    drawTable(page, { header: [bold('Time (UTC)'), bold('What happened')], rows: evidence.map((event) => [text(utcTime(event.at)), text(event.text)]) });
  }
  const height = sealHeight(parties, agreementId, page.width);
  drawHeading(page, 'H3', [{ text: 'Seal of the portal', font: 'semibold' }], height);
  const box = { x: MARGINS.left, y: page.y, width: page.width, height };
  drawFrame(page, box);
  fields.push(addSignatureField(page, 'seal', box));
  page.y += height + 10;
}
