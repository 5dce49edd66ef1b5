/**
 * A search text as `contains` takes it: Prisma puts it between `%` for ILIKE but leaves `%`, `_` and `\` in it as they are,
 * so they are escaped here and mean themselves (PostgreSQL, section "LIKE": the default escape is the backslash).
 */
export function likeText(search: string): string {
  return search.replace(/[\\%_]/g, '\\$&');
}

/** `contains`, without regard to case, of what somebody typed. */
export function containsText(search: string): { contains: string; mode: 'insensitive' } {
  return { contains: likeText(search), mode: 'insensitive' };
}
