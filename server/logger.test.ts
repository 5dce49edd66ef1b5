import { describe, expect, it } from 'vitest';
import { allowedFields, type LogFields } from './logger';

const canary = 'canary.person@example.com';

describe('the log', () => {
  it('drops every field that is not on the list', () => {
    const smuggled = { caseId: 'c-1', email: canary, fileName: canary, body: { deep: canary } } as LogFields;
    expect(allowedFields(smuggled)).toEqual({ caseId: 'c-1' });
  });

  it('keeps an error\'s class and code, never its message', () => {
    const error = Object.assign(new Error(`duplicate key (email)=(${canary})`), { code: 'P2002' });
    const fields = allowedFields({ error });
    expect(fields).toMatchObject({ errorName: 'Error', errorCode: 'P2002' });
    expect(JSON.stringify(fields)).not.toContain('canary');
  });

  it('takes no place in our code for one that stands in an error\'s message', () => {
    const { at } = allowedFields({ error: new Error(`no such file ${canary}:1:2\n    at canary (${canary}:3:4)`) });
    expect(at).toMatch(/^logger\.test\.ts:\d+/);
    expect(at).not.toContain('canary');
  });

  it('cannot be made to hold a second line', () => {
    expect(allowedFields({ route: 'a\nb\u2028{"level":50}' }).route).toBe('a b {"level":50}');
  });

  it('cuts what is too long', () => {
    expect(String(allowedFields({ code: 'x'.repeat(5000) }).code)).toHaveLength(200);
  });
});
