import { describe, expect, it } from 'vitest';
import { type Actor } from '@/domain/actor';
import { type Role } from '@/domain/roles';
import { caseScope, fileScope } from './case-scope';

const nothing = { id: { in: [] } };
const person = (role: string, organizationId: string | null): Actor => ({ kind: 'user', userId: 'u', pseudonym: 'p', role: role as Role, organizationId, sessionId: 's' });

describe('what an actor may see', () => {
  it('is their organization for a customer', () => {
    expect(caseScope(person('customer', 'o-1'))).toEqual({ organizationId: 'o-1' });
    expect(fileScope(person('customer', 'o-1'))).toEqual({ case: { organizationId: 'o-1' } });
  });

  it.each(['support', 'data_admin', 'admin'])('is everything for %s', (role) => {
    expect(caseScope(person(role, null))).toEqual({});
    expect(fileScope(person(role, null))).toEqual({ case: {} });
  });

  it('is what it began or brought to its end for an upload key, and what is unfinished in its case', () => {
    const key: Actor = { kind: 'upload_key', uploadKeyId: 'k', caseId: 'c', organizationId: 'o' };
    expect(caseScope(key)).toEqual({ id: 'c', organizationId: 'o' });
    expect(fileScope(key)).toEqual({ caseId: 'c', OR: [{ sentByUploadKeyId: 'k' }, { endedByUploadKeyId: 'k' }, { state: { in: ['reserved', 'uploading'] } }] });
  });

  it.each<[string, Actor]>([
    ['a customer without an organization', person('customer', null)],
    ['a subcontractor', person('subcontractor', 'o-1')],
    ['an unknown role', person('owner', 'o-1')],
    ['a job', { kind: 'system', name: 'sweep' }],
    ['somebody not signed in', { kind: 'anonymous' }],
    ['an unknown kind of actor', { kind: 'robot' } as unknown as Actor],
  ])('is nothing for %s', (_who, actor) => {
    expect(caseScope(actor)).toEqual(nothing);
    expect(fileScope(actor)).toEqual(nothing);
  });
});
