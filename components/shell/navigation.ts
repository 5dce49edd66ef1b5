import { type UserActor } from '@/domain/actor';
import { may } from '@/domain/permissions';

export type NavigationItem = {
  readonly href: string;
  readonly label: string;
  /** True where only this very address is meant, not those below it. */
  readonly exact?: boolean;
};

/** What stands in the header: where this person's work is. Hiding a link protects nothing; each page asks again. */
export function navigationFor(actor: UserActor | null): readonly NavigationItem[] {
  if (!actor) return [{ href: '/policy', label: 'Policy' }, { href: '/guides', label: 'Guides' }];
  const items: NavigationItem[] = [];
  if (may(actor, 'case:open')) items.push({ href: '/cases', label: 'Cases' });
  if (may(actor, 'desk:read')) items.push({ href: '/desk', label: 'Cases', exact: true }, { href: '/desk/files', label: 'Files' }, { href: '/desk/ndas', label: 'NDAs' });
  if (may(actor, 'raw:decide')) items.push({ href: '/desk/raw-access', label: 'Raw access' });
  if (may(actor, 'shared:read')) items.push({ href: '/shared', label: 'Shared' });
  if (may(actor, 'staff:manage')) items.push({ href: '/desk/staff', label: 'Staff' });
  if (may(actor, 'audit:read')) items.push({ href: '/desk/audit', label: 'Audit' });
  if (may(actor, 'settings:manage')) items.push({ href: '/desk/settings', label: 'Settings' });
  if (may(actor, 'organization:manage')) items.push({ href: '/organization', label: 'Organization' });
  if (may(actor, 'case:read') || may(actor, 'shared:read')) items.push({ href: '/notices', label: 'Notices' });
  items.push({ href: '/guides', label: 'Guides' });
  return items;
}

/** Where somebody who is signed in begins. */
export function homeOf(actor: UserActor): string {
  if (may(actor, 'desk:read')) return '/desk';
  if (actor.role === 'customer') return actor.organizationId === null ? '/welcome' : '/cases';
  return may(actor, 'shared:read') ? '/shared' : '/account';
}

/** Pages that are reached from an item's page and do not lie below it. */
const BELONGING: Readonly<Record<string, readonly string[]>> = { '/desk/files': ['/desk/storage'], '/desk/ndas': ['/desk/nda-settings'], '/desk/staff': ['/desk/people'], '/desk/audit': ['/desk/mail'] };

/** True where `pathname` is the item's page or, unless it is exact, lies below it. The desk's case pages belong to "Cases". */
export function isCurrent(item: NavigationItem, pathname: string): boolean {
  if (item.href === '/desk') return pathname === '/desk' || pathname.startsWith('/desk/cases');
  if (BELONGING[item.href]?.some((page) => pathname === page || pathname.startsWith(`${page}/`))) return true;
  return pathname === item.href || (!item.exact && pathname.startsWith(`${item.href}/`));
}
