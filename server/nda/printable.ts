import { AppError, type FieldIssue } from '@/domain/errors';
import { codePointName, splitByCoverage } from '../pdf/fonts';

/** Letters and signs are shown with their number; what is not seen, or would change how the rest is read, is named by its number alone. */
function describe(character: string): string {
  return /^[\p{L}\p{N}\p{S}\p{P}]$/u.test(character) ? `${character} (${codePointName(character)})` : codePointName(character);
}

const MAX_FIELD_CHARACTERS = 300;
const MAX_NAMED = 5;

function printableIssue(value: string, { path: at, label }: { path: string; label: string }): FieldIssue | null {
  if (value.length > MAX_FIELD_CHARACTERS) return { path: at, message: `${label}: at most ${MAX_FIELD_CHARACTERS} characters fit into the agreement.` };
  const { missing } = splitByCoverage(value, 'regular');
  if (missing.length === 0) return null;
  const named = missing.slice(0, MAX_NAMED).map(describe).join(', ');
  const what = missing.length === 1 ? `the character ${named}` : `the characters ${named}${missing.length > MAX_NAMED ? ' and others' : ''}`;
  return { path: at, message: `${label}: ${what} cannot be printed in the agreement. Write it in Latin letters.` };
}

function refuse(fields: readonly FieldIssue[]): void {
  if (fields.length === 0) return;
  throw new AppError('validation_failed', { detail: 'Some of the details cannot be printed in the agreement. Give a Latin form of those that are named.', fields });
}

/**
 * Refuses a name or another value that the agreement cannot print without an empty box, such as one in a right-to-left script or with
 * emoji: AppError `validation_failed` that names the characters and asks for a Latin form. `field` names the field of the form.
 */
export function assertPrintable(value: string, field: { path: string; label: string } = { path: 'name', label: 'Name' }): void {
  const issue = printableIssue(value.normalize('NFC'), field);
  refuse(issue ? [issue] : []);
}

/** `assertPrintable` for all fields of an agreement at once. */
export function requirePrintable(values: Readonly<Record<string, string | undefined>>, labels: Readonly<Record<string, string>>): void {
  refuse(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : (printableIssue(value, { path: name, label: labels[name] ?? name }) ?? []))));
}

const DETAIL_LABELS: Readonly<Record<string, string>> = { partyName: 'Organization', partyAddress: 'Registered address', name: 'Name', title: 'Title' };

/** The same for what a form asks of the parties and their signatories, before anything is made, sent or signed. */
export function requirePrintableDetails(values: Readonly<Partial<Record<'partyName' | 'partyAddress' | 'name' | 'title', string>>>): void {
  requirePrintable(values, DETAIL_LABELS);
}
