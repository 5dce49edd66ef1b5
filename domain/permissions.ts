import { type Actor } from './actor';
import { isStaff, type Role } from './roles';

/**
 * What a role may do at all. Whether it may do it to *this* row is part of the query that loads the row
 * (server/case/case-scope.ts). A role or a permission that is not in this table is refused (docs/design.md, habit 5: fail closed).
 */
export const PERMISSIONS = [
  'case:open', 'case:read', 'case:read_any', 'case:close', 'policy:accept', 'nda:choose', 'nda:require', 'nda:sign', 'nda:review', 'nda:countersign', 'nda:publish',
  'file:send', 'file:read', 'file:abandon', 'file:request', 'upload_key:manage', 'upload_key:revoke', 'erasure:order',
  'retention:extend', 'retention:object', 'output:write', 'settings:manage',
  'organization:manage', 'desk:read', 'staff:manage', 'policy:publish', 'audit:read', 'session:manage',
  'sharing:ask', 'sharing:decide', 'shared:read', 'raw:ask', 'raw:decide', 'raw:revoke',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const OF_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  customer: ['case:open', 'case:read', 'policy:accept', 'nda:choose', 'nda:sign', 'file:send', 'file:read', 'file:abandon', 'upload_key:manage', 'upload_key:revoke', 'erasure:order', 'retention:object', 'organization:manage', 'sharing:decide', 'session:manage'],
  support: ['case:read', 'case:read_any', 'case:close', 'file:read', 'file:request', 'upload_key:revoke', 'nda:require', 'nda:review', 'desk:read', 'sharing:ask', 'retention:extend', 'output:write', 'session:manage'],
  data_admin: ['case:read', 'case:read_any', 'file:read', 'desk:read', 'raw:ask', 'raw:decide', 'output:write', 'session:manage'],
  admin: ['case:read', 'case:read_any', 'file:read', 'desk:read', 'raw:decide', 'raw:revoke', 'staff:manage', 'policy:publish', 'audit:read', 'settings:manage', 'session:manage', 'nda:review', 'nda:countersign', 'nda:publish'],
  subcontractor: ['shared:read', 'session:manage'],
};
const OF_UPLOAD_KEY: readonly Permission[] = ['file:send', 'file:read', 'file:abandon'];

/** True where the actor's role allows `permission` at all. A customer without an organization can do nothing but manage sessions. */
export function may(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case 'user': {
      const granted = OF_ROLE[actor.role] ?? [];
      if (!isStaff(actor.role) && actor.role !== 'subcontractor' && actor.organizationId === null && permission !== 'session:manage') return false;
      return granted.includes(permission);
    }
    case 'upload_key':
      return OF_UPLOAD_KEY.includes(permission);
    case 'system':
    case 'anonymous':
      return false;
    default:
      return false;
  }
}
