import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCms } from './make-cms';
import { appendRevision, type NewObject, PdfFile } from './pdf-file';
import { decodeText, isString, type PdfDictionary, type PdfValue, serialize } from './pdf-tokens';
import { renderAgreementPdf } from './render-agreement-pdf';
import { signField } from './sign-agreement';
import { issuePersonCertificate } from './signing-identity';
import { makeTestIdentity, parseTestIdentity } from './test-identity';
import { verifyPdf } from './verify-pdf';

const now = new Date('2026-11-27T05:20:31.123Z');
const HOLE = '0'.repeat(4096);
const RANGE = '[0 0000000000 0000000000 0000000000]';
/** Higher than any number that the portal gives. */
const OWN = 9_000;
/** Named by a page before it was there. */
const NAMED = 990;
let stranger: Awaited<ReturnType<typeof issuePersonCertificate>>;
let drawn: Uint8Array;

beforeAll(async () => {
  const portal = parseTestIdentity(await makeTestIdentity(now));
  stranger = await issuePersonCertificate({ name: 'A stranger', now, portal });
  const template = { title: 'A small agreement', version: '9.9', sha256: 'ab'.repeat(32), source: '---\ntitle: x\n---\n\n1.1 Both keep it secret.\n' };
  drawn = await renderAgreementPdf({ template, fields: { vendorName: 'Example', governingLaw: 'Ireland' }, agreementId: 'a-1', verifyUrl: 'https://portal.example/verify', evidence: [], parties: { customer: { organization: 'Acme', name: 'Zoë' }, vendor: { organization: 'Example' } } });
}, 30_000);

const signedByCustomer = async (pdf: Uint8Array): Promise<Uint8Array> => (await signField({ pdf, field: 'customer', identity: stranger, signer: { name: 'Zoë' }, appearance: { kind: 'typed', text: 'Zoë' }, reason: 'Agrees', now })).pdf;
const verdict = async (pdf: Uint8Array) => (await verifyPdf(pdf, { knownSha256: () => Promise.resolve(null), trusted: [] })).verdict;
const ref = (number: number) => ({ ref: number, generation: 0 });

function fieldOf(file: PdfFile, name: string): readonly [number, PdfDictionary] {
  const found = [...file.fields()].find(([, { dictionary }]) => {
    const title = dictionary.get('T');
    return isString(title) && decodeText(title.string) === name;
  });
  if (!found) throw new Error('There is no such field.');
  return found;
}

/** The first page: its number and its dictionary. */
function firstPage(file: PdfFile): readonly [number, PdfDictionary] {
  const [kid] = file.dictionary(file.catalog.dictionary.dictionary.get('Pages')).dictionary.get('Kids') as readonly { ref: number }[];
  return [kid?.ref ?? 0, file.dictionary(ref(kid?.ref ?? 0))];
}

const withEntries = ({ dictionary }: PdfDictionary, ...entries: readonly (readonly [string, PdfValue])[]): string => serialize({ dictionary: new Map([...dictionary, ...entries]) });
/** A field with a value. */
const signedField = (file: PdfFile, name: string, value: number, ...more: readonly (readonly [string, PdfValue])[]): NewObject => {
  const [number, field] = fieldOf(file, name);
  return { number, body: withEntries(field, ['V', ref(value)], ...more) };
};

type Parts = { readonly start: number; readonly first: number; readonly next: number; readonly rest: number };
type Forgery = {
  /** Changes the bytes before they are signed. */
  readonly patch?: (bytes: Buffer, bodies: ReadonlyMap<number, number>) => void;
  /** What is covered in place of all but the signature's contents. */
  readonly covered?: (honest: Parts) => Parts;
  readonly number?: number;
};

/** Somebody adds one revision with these objects and signs the whole. */
async function signRevision(pdf: Uint8Array, make: (file: PdfFile) => readonly NewObject[], { patch, covered = (honest) => honest, number = OWN }: Forgery = {}): Promise<Uint8Array> {
  const file = new PdfFile(pdf);
  const signature = { number, body: `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange ${RANGE} /Contents <${HOLE}> >>` };
  const { bytes, bodies } = appendRevision(file, [...make(file), signature]);
  patch?.(bytes, bodies);
  const hole = bytes.indexOf('/Contents <', bodies.get(number)) + '/Contents '.length;
  const end = hole + HOLE.length + 2;
  const { start, first, next, rest } = covered({ start: 0, first: hole, next: end, rest: bytes.length - end });
  bytes.write(`[${start} ${first} ${next} ${rest}]`.padEnd(RANGE.length), bytes.indexOf(RANGE, bodies.get(number)), 'latin1');
  const digest = createHash('sha256').update(bytes.subarray(start, start + first)).update(bytes.subarray(next, next + rest)).digest();
  bytes.write(Buffer.from((await makeCms({ digest, identity: stranger })).encode()).toString('hex'), hole + 1, 'latin1');
  return bytes;
}

const stamp = (number: number): NewObject => ({ number, body: '<< /Length 19 >>', stream: Buffer.from('0 0 600 800 re f\n%%%') });
const countersigned = (pdf: Uint8Array, more: (file: PdfFile) => readonly NewObject[] = () => [], forgery?: Forgery) => signRevision(pdf, (file) => [signedField(file, 'vendor', OWN), ...more(file)], forgery);

describe('a second signature of somebody whom the portal does not know', () => {
  it('in an empty field that stood there, with what it shows, is no change', async () => {
    const pdf = await signedByCustomer(drawn);
    expect(await verdict(await signRevision(pdf, (file) => [signedField(file, 'vendor', OWN, ['AP', { dictionary: new Map([['N', ref(OWN + 1)]]) }]), stamp(OWN + 1)]))).toBe('INTACT_UNKNOWN_SIGNER');
  });

  it('is a change where something that stood is replaced or taken away with it', async () => {
    const pdf = await signedByCustomer(drawn);
    const page = (file: PdfFile): NewObject => ({ number: firstPage(file)[0], body: withEntries(firstPage(file)[1], ['Contents', ref(OWN + 1)]) });
    expect(await verdict(await countersigned(pdf, (file) => [page(file), stamp(OWN + 1)]))).toBe('CHANGED_AFTER_SIGNING');
    const contents = new PdfFile(pdf).dictionary(ref(firstPage(new PdfFile(pdf))[0])).dictionary.get('Contents') as { ref: number };
    const free = (bytes: Buffer, bodies: ReadonlyMap<number, number>) => {
      const at = (bodies.get(contents.ref) ?? 0) - `${contents.ref} 0 obj\n`.length;
      const row = bytes.lastIndexOf(`${String(at).padStart(10, '0')} 00000 n`);
      bytes.write('f', row + 17, 'latin1');
    };
    expect(await verdict(await countersigned(pdf, () => [stamp(contents.ref)], { patch: free }))).toBe('CHANGED_AFTER_SIGNING');
  });

  it('is a change where it gives what the first signer saw as nothing: an object that was named before it was there, or lay beyond the size that was stated', async () => {
    const named = appendRevision(new PdfFile(drawn), [{ number: firstPage(new PdfFile(drawn))[0], body: withEntries(firstPage(new PdfFile(drawn))[1], ['Contents', [firstPage(new PdfFile(drawn))[1].dictionary.get('Contents') ?? null, ref(NAMED)]]) }]).bytes;
    const hidden = await signedByCustomer(named);
    expect(await verdict(await countersigned(hidden))).toBe('INTACT_UNKNOWN_SIGNER');
    expect(await verdict(await countersigned(hidden, () => [stamp(NAMED)]))).toBe('CHANGED_AFTER_SIGNING');

    const smaller = (bytes: Buffer) => void bytes.write(`/Size ${'5'.padStart(String(OWN + 1).length, '0')}`, bytes.lastIndexOf(`/Size ${OWN + 1}`), 'latin1');
    const understated = await signRevision(drawn, (file) => [signedField(file, 'customer', OWN)], { patch: smaller });
    const file = new PdfFile(understated);
    expect(file.size).toBe(5);
    const other = stamp((firstPage(file)[1].dictionary.get('Contents') as { ref: number }).ref);
    const again = (...more: readonly NewObject[]) => signRevision(understated, (later) => [signedField(later, 'vendor', OWN + 1), ...more], { number: OWN + 1 });
    expect(await verdict(await again())).toBe('INTACT_UNKNOWN_SIGNER');
    expect(await verdict(await again(other))).toBe('CHANGED_AFTER_SIGNING');
  });

  it('is a change where its field is moved or made larger, or another field is filled with it', async () => {
    const pdf = await signedByCustomer(drawn);
    expect(await verdict(await signRevision(pdf, (file) => [signedField(file, 'vendor', OWN, ['Rect', [0, 0, 600, 800]])]))).toBe('CHANGED_AFTER_SIGNING');
    expect(await verdict(await countersigned(pdf, (file) => [signedField(file, 'seal', OWN)]))).toBe('CHANGED_AFTER_SIGNING');
    const claimed: NewObject = { number: OWN + 1, body: '<< /Type /Sig >>' };
    expect(await verdict(await signRevision(pdf, (file) => [signedField(file, 'vendor', OWN + 1), claimed]))).toBe('CHANGED_AFTER_SIGNING');
    expect(await verdict(await signRevision(pdf, () => []))).toBe('CHANGED_AFTER_SIGNING');
  });
});

describe('a range of bytes that was signed', () => {
  it.each<[string, string, (honest: Parts) => Parts]>([
    ['INTACT_UNKNOWN_SIGNER', 'all but the contents of the signature', (honest) => honest],
    ['BROKEN', 'not from the start', ({ first, ...rest }) => ({ ...rest, start: 1, first: first - 1 })],
    ['BROKEN', 'with a hole that begins before the contents', ({ first, ...rest }) => ({ ...rest, first: first - 40 })],
    ['BROKEN', 'with a hole that ends after them', ({ next, rest, ...others }) => ({ ...others, next: next + 3, rest: rest - 3 })],
    ['BROKEN', 'without a hole', ({ first, next, rest }) => ({ start: 0, first, next: first, rest: next + rest - first })],
    ['BROKEN', 'beyond the end of the file', ({ rest, ...others }) => ({ ...others, rest: rest + 1 })],
    ['BROKEN', 'without the signature itself', ({ first, ...others }) => ({ ...others, first, next: first + 8, rest: 0 })],
    ['CHANGED_AFTER_SIGNING', 'up to a byte before the end', ({ rest, ...others }) => ({ ...others, rest: rest - 1 })],
  ])('is %s: %s', async (expected, _what, covered) => {
    expect(await verdict(await signRevision(drawn, (file) => [signedField(file, 'customer', OWN)], { covered }))).toBe(expected);
  });
});

describe('a file that is made to be read for hours', () => {
  /** A PDF of these objects, numbered from 1, the first of which is the catalog. */
  const fileOf = (objects: readonly string[]) => {
    const offsets: number[] = [];
    let text = '%PDF-1.7\n';
    for (const [at, body] of objects.entries()) {
      offsets.push(text.length);
      text += `${at + 1} 0 obj\n${body}\nendobj\n`;
    }
    const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
    return Buffer.from(`${text}xref\n1 ${rows.length}\n${rows.join('')}trailer\n<< /Root 1 0 R /Size ${rows.length + 1} >>\nstartxref\n${text.length}\n%%EOF\n`, 'latin1');
  };

  it('is left at a bound, where it names a large field again and again or has its objects within each other', async () => {
    const large = `<< /A (${'x'.repeat(1_000_000)}) >>`;
    const again = fileOf([`<< /AcroForm << /Fields [ ${'2 0 R '.repeat(100_000)}] >> >>`, large]);
    expect(new PdfFile(again).fields().size).toBe(1);
    expect(await verdict(again)).toBe('UNSIGNED');
    const count = 20_000;
    const nested = Array.from({ length: count }, (_, at) => `${at + 2} 0 obj << /A (`);
    const head = `%PDF-1.7\n1 0 obj\n<< /AcroForm << /Fields [ ${nested.map((_, at) => `${at + 2} 0 R`).join(' ')} ] >> >>\nendobj\n`;
    let at = head.length;
    const rows = [9, ...nested.map((piece) => (at += piece.length) - piece.length)].map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
    const body = `${head}${nested.join('')}${')>>'.repeat(count)}\nendobj\n`;
    const within = Buffer.from(`${body}xref\n1 ${rows.length}\n${rows.join('')}trailer\n<< /Root 1 0 R /Size ${rows.length + 1} >>\nstartxref\n${body.length}\n%%EOF\n`, 'latin1');
    expect(() => new PdfFile(within).fields()).toThrow('too large to be read');
    expect(await verdict(within)).toBe('UNSIGNED');
  }, 30_000);
});
