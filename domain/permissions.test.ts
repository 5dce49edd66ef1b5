import { describe, expect, it } from 'vitest';
import { type UserActor } from './actor';
import { may, PERMISSIONS } from './permissions';
import { ROLES, type Role } from './roles';

const person = (role: string, organizationId: string | null = 'o'): UserActor => ({ kind: 'user', userId: 'u', pseudonym: 'p', role: role as Role, organizationId, sessionId: 's' });

describe('permissions', () => {
  it('refuse an unknown role everything', () => {
    for (const permission of PERMISSIONS) expect(may(person('owner'), permission)).toBe(false);
  });

  it('give a customer without an organization nothing but their sessions', () => {
    expect(PERMISSIONS.filter((permission) => may(person('customer', null), permission))).toEqual(['session:manage']);
  });

  it('let nobody but customers and upload keys send files', () => {
    expect(ROLES.filter((role) => may(person(role), 'file:send'))).toEqual(['customer']);
  });

  it('let nobody but customers order an erasure', () => {
    expect(ROLES.filter((role) => may(person(role), 'erasure:order'))).toEqual(['customer']);
  });

  it('never give an administrator or support raw access', () => {
    expect(ROLES.filter((role) => may(person(role), 'raw:ask'))).toEqual(['data_admin']);
    expect(ROLES.filter((role) => may(person(role), 'raw:decide'))).toEqual(['data_admin', 'admin']);
  });

  it('let nobody but administrators sign for the vendor, and nobody but customers for theirs', () => {
    expect(ROLES.filter((role) => may(person(role), 'nda:countersign'))).toEqual(['admin']);
    expect(ROLES.filter((role) => may(person(role), 'nda:sign'))).toEqual(['customer']);
  });

  it('let support ask for sharing, customers alone decide, and a subcontractor see what is shared and nothing else', () => {
    expect(ROLES.filter((role) => may(person(role), 'sharing:ask'))).toEqual(['support']);
    expect(ROLES.filter((role) => may(person(role), 'sharing:decide'))).toEqual(['customer']);
    expect(PERMISSIONS.filter((permission) => may(person('subcontractor', null), permission))).toEqual(['session:manage', 'shared:read']);
  });

  it('give an upload key only what sending needs', () => {
    const key = { kind: 'upload_key', uploadKeyId: 'k', caseId: 'c', organizationId: 'o' } as const;
    expect(PERMISSIONS.filter((permission) => may(key, permission))).toEqual(['file:send', 'file:read', 'file:abandon']);
  });
});
