import { createHash } from 'node:crypto';
import { AppError } from '@/domain/errors';
import { type Appearance, type Fact, makeAppearance } from './appearance';
import { toPem } from './make-certificate';
import { makeCms } from './make-cms';
import { appendRevision, fieldType, type NewObject, PdfFile } from './pdf-file';
import { decodeText, encodeText, isString, type PdfDictionary, type PdfValue, serialize } from './pdf-tokens';
import { signatureFacts, type Signer } from './signature-facts';
import { type SignatureFieldName } from './signature-fields';
import { type SigningIdentity } from './identity';
import { requireInTime } from './signing-identity';
import { askForTimestamp, type TimestampAuthority } from './timestamp';

export type SignFieldInput = {
  readonly pdf: Uint8Array;
  readonly field: SignatureFieldName;
  readonly identity: SigningIdentity;
  readonly signer: Signer;
  readonly appearance: Appearance;
  /** What the field shows besides who and when. */
  readonly facts?: readonly Fact[];
  readonly reason: string;
  readonly now: Date;
  /** Asked for a timestamp where it is given (PAdES B-T). */
  readonly tsa?: TimestampAuthority | undefined;
};

export type SignedField = {
  readonly pdf: Uint8Array;
  readonly signedAt: Date;
  /** Of the file with this signature, lower-case hex. */
  readonly sha256: string;
  /** `failed`: an authority was asked and gave none that holds; the signature stands without. */
  readonly timestamp: 'none' | 'ok' | 'failed';
  /** The time in the token of the authority. Null without one: it is never inferred. */
  readonly timestampedAt: Date | null;
  readonly certificatePem: string;
};

/** Bytes for the signature beside its certificates, and for the token of a timestamp authority with its certificates. */
const ROOM = 1_024;
const TIMESTAMP_ROOM = 12_288;
/** As wide as the largest offsets in a file of the portal. */
const RANGE_PLACEHOLDER = '[0 0000000000 0000000000 0000000000]';

/**
 * Signs one field of an agreement that `renderAgreementPdf` drew, as an incremental update: only the field's value and appearance
 * are added, nothing that stands is touched. PAdES B-B; B-T where `tsa` answers. The first signature certifies the document so that
 * only further signatures may be added (DocMDP, P 2). Throws AppError `conflict` where the field is signed already, `not_ready` where
 * the certificate is not in its time.
 */
export async function signField(input: SignFieldInput): Promise<SignedField> {
  const { pdf, field, identity, now, tsa } = input;
  requireInTime(identity.certificate, now);
  const file = new PdfFile(pdf);
  const found = findField(file, field);
  if (found.dictionary.dictionary.has('V')) throw new AppError('conflict', { detail: 'This part of the agreement is signed already. Reload the page to see how it stands.' });
  const room = ROOM + [identity.certificate, ...identity.chain].reduce((sum, { length }) => sum + length, 0) + (tsa ? TIMESTAMP_ROOM : 0);
  const { bytes, signatureAt } = await appendSignature(file, found, input, room);
  const contentsAt = bytes.indexOf('/Contents <', signatureAt) + '/Contents '.length;
  const afterContents = contentsAt + 2 * room + 2;
  const range = `[0 ${contentsAt} ${afterContents} ${bytes.length - afterContents}]`;
  bytes.write(range.padEnd(RANGE_PLACEHOLDER.length), bytes.indexOf(RANGE_PLACEHOLDER, signatureAt), 'latin1');
  const digest = createHash('sha256').update(bytes.subarray(0, contentsAt)).update(bytes.subarray(afterContents)).digest();
  const cms = await makeCms({ digest, identity });
  const stamp = tsa ? await askForTimestamp({ authority: tsa, signatureValue: cms.signatureValue, now, maxBytes: TIMESTAMP_ROOM }) : null;
  const der = Buffer.from(cms.encode(stamp?.token));
  if (der.length > room) throw new Error('The signature is larger than the room that was left for it.');
  bytes.write(der.toString('hex'), contentsAt + 1, 'latin1');
  return {
    pdf: new Uint8Array(bytes),
    signedAt: now,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    timestamp: !tsa ? 'none' : stamp ? 'ok' : 'failed',
    timestampedAt: stamp?.at ?? null,
    certificatePem: toPem(identity.certificate),
  };
}

type FoundField = { readonly number: number; readonly dictionary: PdfDictionary };

function findField(file: PdfFile, name: SignatureFieldName): FoundField {
  for (const [number, dictionary] of file.fields()) {
    const title = dictionary.dictionary.get('T');
    if (fieldType(dictionary) === 'Sig' && isString(title) && decodeText(title.string) === name) return { number, dictionary };
  }
  throw new Error(`The document has no signature field "${name}".`);
}

/** How many signature fields have a value. */
function countSigned(file: PdfFile): number {
  return [...file.fields().values()].filter(({ dictionary }) => dictionary.has('V')).length;
}

async function appendSignature(file: PdfFile, found: FoundField, input: SignFieldInput, room: number): Promise<{ bytes: Buffer; signatureAt: number }> {
  const isFirst = countSigned(file) === 0;
  const signature = file.size;
  const appearance = signature + 1;
  const { width, height } = sizeOf(found.dictionary);
  const drawn = await makeAppearance({ width, height, appearance: input.appearance, facts: signatureFacts(input) }, appearance);
  const field = new Map<string, PdfValue>([...found.dictionary.dictionary, ['V', { ref: signature, generation: 0 }], ['AP', { dictionary: new Map([['N', { ref: appearance, generation: 0 }]]) }]]);
  const objects: NewObject[] = [
    { number: found.number, body: serialize({ dictionary: field }) },
    ...(isFirst ? [certifiedCatalog(file, signature)] : []),
    { number: signature, body: signatureDictionary(input, isFirst, room) },
    ...drawn,
  ];
  const { bytes, bodies } = appendRevision(file, objects);
  return { bytes, signatureAt: bodies.get(signature) ?? 0 };
}

function sizeOf(field: PdfDictionary): { width: number; height: number } {
  const rect = field.dictionary.get('Rect');
  const [left = 0, bottom = 0, right = 0, top = 0] = Array.isArray(rect) ? (rect as readonly PdfValue[]).map(Number) : [];
  return { width: Math.round((right - left) * 100) / 100, height: Math.round((top - bottom) * 100) / 100 };
}

/** The catalog that names the first signature as the one that says what may change after it (ISO 32000-1, 12.8.2.2). */
function certifiedCatalog(file: PdfFile, signature: number): NewObject {
  const { number, dictionary } = file.catalog;
  const catalog = new Map<string, PdfValue>([...dictionary.dictionary, ['Perms', { dictionary: new Map([['DocMDP', { ref: signature, generation: 0 }]]) }]]);
  return { number, body: serialize({ dictionary: catalog }) };
}

/** `D:20261127052031Z`: the time that is claimed; PAdES wants it here and not in the CMS. */
function pdfDate(date: Date): string {
  return `(D:${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z)`;
}

function signatureDictionary({ signer, reason, now }: SignFieldInput, isFirst: boolean, room: number): string {
  const certifies = '/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 2 /V /1.2 >> >>]\n';
  return [
    '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n',
    `/ByteRange ${RANGE_PLACEHOLDER}\n`,
    `/Contents <${'0'.repeat(2 * room)}>\n`,
    isFirst ? certifies : '',
    `/Name ${encodeText(signer.name.normalize('NFC'))}\n`,
    `/Reason ${encodeText(reason)}\n`,
    `/M ${pdfDate(now)} >>`,
  ].join('');
}
