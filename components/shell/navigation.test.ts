import { describe, expect, it } from 'vitest';
import { type UserActor } from '@/domain/actor';
import { type Role, ROLES } from '@/domain/roles';
import { homeOf, isCurrent, navigationFor } from './navigation';

const person = (role: Role, organizationId: string | null = null): UserActor => ({ kind: 'user', userId: 'u', pseudonym: 'p', role, organizationId, sessionId: 's' });
const labels = (actor: UserActor | null) => navigationFor(actor).map((item) => item.href);

describe('the header', () => {
  it('shows a visitor what is public', () => expect(labels(null)).toEqual(['/policy', '/guides']));

  it('shows a customer their work and nothing of the desk', () => {
    expect(labels(person('customer', 'o'))).toEqual(['/cases', '/organization', '/notices', '/guides']);
  });

  it('shows support the desk, and the administrator staff and audit as well', () => {
    expect(labels(person('support'))).toEqual(['/desk', '/desk/files', '/desk/ndas', '/notices', '/guides']);
    expect(labels(person('admin'))).toEqual(['/desk', '/desk/files', '/desk/ndas', '/desk/raw-access', '/desk/staff', '/desk/audit', '/desk/settings', '/notices', '/guides']);
    expect(labels(person('data_admin'))).toEqual(['/desk', '/desk/files', '/desk/ndas', '/desk/raw-access', '/notices', '/guides']);
  });

  it('shows a subcontractor what is shared with them', () => expect(labels(person('subcontractor'))).toEqual(['/shared', '/notices', '/guides']));

  it('shows nothing of the desk to an unknown role', () => expect(labels(person('owner' as Role))).toEqual(['/guides']));

  it('has one item for each page', () => {
    const desk = navigationFor(person('admin'));
    expect(desk.filter((item) => isCurrent(item, '/desk')).map((item) => item.href)).toEqual(['/desk']);
    expect(desk.filter((item) => isCurrent(item, '/desk/cases/AL-7K3M-Q2ZD')).map((item) => item.href)).toEqual(['/desk']);
    const belonging = { '/desk/files': '/desk/files', '/desk/storage': '/desk/files', '/desk/nda-settings/1.0': '/desk/ndas', '/desk/people': '/desk/staff', '/desk/mail': '/desk/audit' };
    for (const [page, href] of Object.entries(belonging)) expect(desk.filter((item) => isCurrent(item, page)).map((item) => item.href)).toEqual([href]);
  });
});

it('begins everybody somewhere they may be', () => {
  expect(ROLES.map((role) => homeOf(person(role)))).toEqual(['/welcome', '/desk', '/desk', '/desk', '/shared']);
  expect(homeOf(person('customer', 'o'))).toBe('/cases');
});
