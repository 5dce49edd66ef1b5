/**
 * A case reference such as `AL-7K3M-Q2ZD`: eight characters of Crockford's base 32 (no I, L, O, U), so that it can be
 * read over the phone; the last one is a check character that finds any single wrong character and nearly all swapped neighbours.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const REFERENCE_PATTERN = /^AL-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/;
/** Random bytes that `makeCaseReference` needs. */
export const REFERENCE_ENTROPY_BYTES = 7;

/** Odd, so invertible mod 32: any single error shows. Neighbours differ by an even weight: a swap goes unseen only where the two characters are 16 apart. */
const WEIGHTS = [1, 3, 9, 27, 17, 19, 25] as const;

function checkCharacter(body: string): string {
  let sum = 0;
  for (let index = 0; index < WEIGHTS.length; index += 1) sum += (WEIGHTS[index] ?? 0) * ALPHABET.indexOf(body.charAt(index));
  return ALPHABET.charAt(sum % 32);
}

/** Makes a reference of seven random bytes (35 bits of them are used). */
export function makeCaseReference(random: Uint8Array): string {
  if (random.length < REFERENCE_ENTROPY_BYTES) throw new RangeError(`makeCaseReference needs ${REFERENCE_ENTROPY_BYTES} random bytes`);
  let body = '';
  for (let index = 0; index < 7; index += 1) body += ALPHABET.charAt((random[index] ?? 0) % 32);
  const whole = body + checkCharacter(body);
  return `AL-${whole.slice(0, 4)}-${whole.slice(4)}`;
}

/**
 * Reads a reference as people type it (`al 7k3m q2zd`, O for 0, I or L for 1) and gives its one written form,
 * or null where it is none or its check character does not fit.
 */
export function parseCaseReference(input: string): string | null {
  if (input.length > 40) return null;
  const compact = input.toUpperCase().replace(/[\s-]/g, '');
  if (!compact.startsWith('AL') || compact.length !== 10) return null;
  const whole = compact.slice(2).replace(/O/g, '0').replace(/[IL]/g, '1');
  if (![...whole].every((character) => ALPHABET.includes(character))) return null;
  if (checkCharacter(whole.slice(0, 7)) !== whole.charAt(7)) return null;
  return `AL-${whole.slice(0, 4)}-${whole.slice(4)}`;
}
