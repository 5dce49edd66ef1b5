/** The roles of docs/design.md, section 1. */
export const ROLES = ['customer', 'support', 'data_admin', 'admin', 'subcontractor'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  customer: 'Customer',
  support: 'Support engineer',
  data_admin: 'Data administrator',
  admin: 'Administrator',
  subcontractor: 'Subcontractor',
};

/** Works for the vendor. */
export function isStaff(role: Role): boolean {
  return role === 'support' || role === 'data_admin' || role === 'admin';
}
