import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { emailAddress, lineOfText } from '@/domain/text';
import { echoedValues, formInput, parseForm } from './parse-form';

const schema = z.strictObject({ email: emailAddress, name: lineOfText(5, 'a name') });

function formOf(entries: readonly (readonly [string, string | Blob])[]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

describe('a form', () => {
  it('is parsed without Next\'s own entries and without files', () => {
    const input = formInput(formOf([['$ACTION_REF_1', ''], ['$ACTION_1:0', '{}'], ['email', ' A@Example.com '], ['name', 'Ada'], ['file', new Blob(['x'])]]));
    expect(parseForm(schema, input)).toEqual({ ok: true, data: { email: 'a@example.com', name: 'Ada' } });
  });

  it('says what is wrong beside each field', () => {
    const parsed = parseForm(schema, { email: 'nobody', name: 'far too long' });
    expect(parsed).toEqual({ ok: false, fields: { email: ['Enter an e-mail address in the form name@example.com.'], name: ['Shorten a name to 5 characters.'] } });
  });

  it('refuses fields that it does not know, without quoting them', () => {
    const parsed = parseForm(schema, { email: 'a@example.com', name: 'Ada', role: 'admin' });
    expect(parsed).toEqual({ ok: false, fields: { '': ['There are fields that this call does not know.'] } });
  });

  it('gives a repeated field as a list, which a text field refuses', () => {
    const input = formInput(formOf([['name', 'a'], ['name', 'b'], ['email', 'a@example.com']]));
    expect(input.name).toEqual(['a', 'b']);
    expect(parseForm(schema, input).ok).toBe(false);
  });

  it('cannot reach an object\'s prototype', () => {
    const input = formInput(formOf([['__proto__', 'x'], ['constructor', 'y']]));
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
    expect(parseForm(schema, input).ok).toBe(false);
  });

  it('echoes what was typed, but no secrets', () => {
    expect(echoedValues({ name: 'Ada', token: 's', uploadKey: 's', password: 's', list: ['a'] })).toEqual({ name: 'Ada' });
  });
});
