import { derLength } from './asn1';

export type FoundSignature = {
  /** Position of the dictionary's `/ByteRange` in the file. */
  readonly at: number;
  /** Bytes that the signature covers, or null where the range does not leave out exactly its own contents. */
  readonly covered: readonly [Uint8Array, Uint8Array] | null;
  /** End of what is covered: the length of the file as it was signed. */
  readonly end: number;
  readonly cms: Uint8Array | null;
};

/** A file with more is not read on: nobody signs so often, and each costs a hash over the file. */
export const MAX_SIGNATURES = 10;
const MAX_CONTENTS = 262_144;
const RANGE = /\/ByteRange[\0\t\n\f\r ]*\[[\0\t\n\f\r ]*(\d{1,10})[\0\t\n\f\r ]+(\d{1,10})[\0\t\n\f\r ]+(\d{1,10})[\0\t\n\f\r ]+(\d{1,10})[\0\t\n\f\r ]*\]/g;

/**
 * The signatures of a PDF, in the order in which they were added. The dictionary of a signature always stands in the open (ISO
 * 32000-1, 12.8.1: its contents are left out of what it covers), so nothing has to be unpacked and no reference followed: each step
 * goes forward, whatever the file.
 */
export function findSignatures(bytes: Uint8Array, text: string): readonly FoundSignature[] {
  const found: FoundSignature[] = [];
  for (const match of text.matchAll(RANGE)) {
    const [start = 0, first = 0, next = 0, rest = 0] = match.slice(1).map(Number);
    found.push(readRange(bytes, text, { at: match.index, start, first, next, rest }));
    if (found.length > MAX_SIGNATURES) break;
  }
  return found.sort((a, b) => a.end - b.end);
}

type Range = { readonly at: number; readonly start: number; readonly first: number; readonly next: number; readonly rest: number };

function readRange(bytes: Uint8Array, text: string, { at, start, first, next, rest }: Range): FoundSignature {
  const end = next + rest;
  const broken = { at, covered: null, end: Math.min(end, bytes.length), cms: null };
  // The hole is one hexadecimal string and nothing else, and the dictionary itself is covered.
  if (start !== 0 || next <= first + 2 || end > bytes.length || at >= end || next - first > MAX_CONTENTS) return broken;
  const hole = text.slice(first, next);
  if (!/^<[0-9a-fA-F]+>$/.test(hole) || hole.length % 2 !== 0) return broken;
  const contents = Buffer.from(hole.slice(1, -1), 'hex');
  const length = derLength(contents);
  if (length === null || contents.subarray(length).some((byte) => byte !== 0)) return broken;
  return { at, covered: [bytes.subarray(0, first), bytes.subarray(next, end)], end, cms: contents.subarray(0, length) };
}
