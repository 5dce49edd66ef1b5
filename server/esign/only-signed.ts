import { type FoundSignature } from './find-signatures';
import { fieldType, PdfFile } from './pdf-file';
import { isRef, type PdfDictionary, references, serialize } from './pdf-tokens';

type Signed = Pick<FoundSignature, 'at' | 'end'>;

/** What a signature sets in its field. Where the field lies and what it is stays as it was. */
const OF_SIGNATURE: ReadonlySet<string> = new Set(['V', 'AP', 'M']);

function rest({ dictionary }: PdfDictionary): string {
  const entries = [...dictionary].filter(([key]) => !OF_SIGNATURE.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  return serialize({ dictionary: new Map(entries) });
}

/** Whether nothing but the signature at `at` was set in the field, which had none before. */
function isFieldSigned(before: PdfDictionary | undefined, later: PdfFile, number: number, at: number): boolean {
  const after = later.dictionary({ ref: number, generation: 0 });
  const value = after.dictionary.get('V');
  const offset = isRef(value) ? later.offsetOf(value.ref) : undefined;
  if (!before || offset === undefined || offset > at || later.text.indexOf('endobj', offset) < at) return false;
  return fieldType(before) === 'Sig' && !before.dictionary.has('V') && rest(before) === rest(after);
}

/** Numbers of the objects that a revision has, with those it only names: what is defined under such a number later changes what stood. */
function numbersIn(file: PdfFile): ReadonlySet<number> {
  const own = new Set(file.sections.flatMap(({ entries }) => [...entries.keys()]));
  return new Set([...own, ...[...own].flatMap((number) => [...references(file.get(number))])]);
}

/** Throws Error for what cannot be read. */
function isSignatureAlone(earlier: PdfFile, later: PdfFile, at: number): boolean {
  const [newest] = later.sections;
  if (!newest || newest.previous !== earlier.startXref || later.catalog.number !== earlier.catalog.number) return false;
  const before = numbersIn(earlier);
  if ([...newest.freed].some((number) => before.has(number))) return false;
  const touched = [...newest.entries.keys()].filter((number) => number < earlier.size || before.has(number));
  const [field, ...others] = touched;
  return field !== undefined && others.length === 0 && isFieldSigned(earlier.fields().get(field), later, field, at);
}

/**
 * Whether each revision after the first signature did nothing but sign one empty field that stood there: what the portal's own next
 * signature does. Anything else, and what cannot be read, counts as a change: an object that is replaced, removed, or first given under a number that was named before it
 * was there, a field that is moved, made larger or filled without this signature ("shadow attacks", Mainka and others, NDSS 2021).
 */
export function onlySigned(bytes: Uint8Array, signatures: readonly Signed[]): boolean {
  try {
    let earlier: PdfFile | null = null;
    for (const { at, end } of signatures) {
      const later: PdfFile = new PdfFile(bytes.subarray(0, end));
      if (earlier && !isSignatureAlone(earlier, later, at)) return false;
      earlier = later;
    }
    return true;
  } catch {
    return false;
  }
}
