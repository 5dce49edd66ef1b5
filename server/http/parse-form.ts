import { type z } from 'zod';
import { type FieldIssue } from '@/domain/errors';
import { fieldIssues } from './read-json-body';

export type FormInput = Readonly<Record<string, string | string[]>>;
export type FormFields = Record<string, string[]>;

const MAX_ENTRIES = 200;
/** Never echoed back into a page. */
const SECRET_FIELD = /token|secret|password|key$/i;

/**
 * A form as an object: a name that stands once is a string, one that stands several times a list. Next's own `$ACTION…`
 * entries and files (which go to storage, never through a form) are left out.
 */
export function formInput(form: FormData): FormInput {
  const found = new Map<string, string[]>();
  for (const [name, value] of [...form].slice(0, MAX_ENTRIES)) {
    if (name.startsWith('$ACTION') || typeof value !== 'string') continue;
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

/** What was typed, to be shown again: single values, no secrets. */
export function echoedValues(input: FormInput): Record<string, string> {
  return Object.fromEntries(Object.entries(input).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !SECRET_FIELD.test(entry[0])));
}

/** Sentences by field name; what belongs to no field stands under the empty name. */
export function fieldsOf(issues: readonly FieldIssue[]): FormFields {
  const fields = new Map<string, string[]>();
  for (const { path, message } of issues) {
    const name = path.split('.')[0] ?? '';
    fields.set(name, [...(fields.get(name) ?? []), message]);
  }
  return Object.fromEntries(fields);
}

export type ParsedForm<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly fields: FormFields };

/** Parses by a strict schema. */
export function parseForm<T extends z.ZodType>(schema: T, input: FormInput): ParsedForm<z.output<T>> {
  const result = schema.safeParse(input);
  return result.success ? { ok: true, data: result.data } : { ok: false, fields: fieldsOf(fieldIssues(result.error)) };
}
