import { isUuid } from './uuid';

/** The query of an address as Next hands it over. */
export type QueryParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The last page that can be asked for: a bound on what OFFSET has to skip. */
export const MAX_PAGE = 500;
const MAX_SEARCH_CHARACTERS = 100;

/** The first value of a parameter; a parameter that is given twice counts once. */
export function firstParam(params: QueryParams, name: string): string {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}

/** One of `choices`, or `fallback` for everything else: an old or mistyped address shows a page, never an error. */
export function choiceParam<const C extends readonly string[], F>(params: QueryParams, name: string, choices: C, fallback: F): C[number] | F {
  const value = firstParam(params, name);
  return choices.includes(value) ? (value as C[number]) : fallback;
}

/** A page number from 1 to MAX_PAGE; 1 for everything else. */
export function pageParam(params: QueryParams, name = 'page'): number {
  const value = firstParam(params, name);
  if (!/^[1-9]\d{0,3}$/.test(value)) return 1;
  return Math.min(Number(value), MAX_PAGE);
}

/** A lower-case UUID, or null. */
export function uuidParam(params: QueryParams, name: string): string | null {
  const value = firstParam(params, name).toLowerCase();
  return isUuid(value) ? value : null;
}

/** What somebody searches for: one line, NFC, without control and invisible characters, at most 100 characters. */
export function searchParam(params: QueryParams, name = 'q'): string {
  const plain = firstParam(params, name).slice(0, 4 * MAX_SEARCH_CHARACTERS).normalize('NFC').replace(/\p{C}/gu, ' ').replace(/\s+/gu, ' ').trim();
  return [...plain].slice(0, MAX_SEARCH_CHARACTERS).join('');
}

/** `path` with those parameters that are not empty and not 1 for `page`, in a stable order. */
export function hrefWith(path: string, params: Readonly<Record<string, string | number | boolean | null | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === null || value === undefined || value === '' || value === false || (name === 'page' && value === 1)) continue;
    query.set(name, value === true ? 'yes' : String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
