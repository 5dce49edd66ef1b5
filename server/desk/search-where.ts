import { parseCaseReference } from '@/domain/case-reference';
import { type Prisma } from '../db';
import { containsText } from './like-pattern';

/** A part of a reference, as it stands in the database: `7k3m q` is looked for as `7K3M-Q`. Null where it cannot be one. */
export function referencePart(search: string): string | null {
  const compact = search.toUpperCase().replace(/[\s-]/g, '').replace(/^AL/, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{2,8}$/.test(compact)) return null;
  return compact.length > 4 ? `${compact.slice(0, 4)}-${compact.slice(4)}` : compact;
}

/** Cases that fit a search by reference (as typed, or a part of it), title, organization or the name of a file. */
export function caseSearch(search: string): Prisma.CaseWhereInput {
  if (search === '') return {};
  const reference = parseCaseReference(search);
  if (reference) return { reference };
  const part = referencePart(search);
  const text = containsText(search);
  return {
    OR: [
      { title: text },
      { organization: { name: text } },
      { files: { some: { name: text } } },
      ...(part ? [{ reference: { contains: part } }] : []),
    ],
  };
}

/** Files that fit a search by name, or whose case or organization fits it. */
export function fileSearch(search: string): Prisma.DiagnosticFileWhereInput {
  if (search === '') return {};
  const reference = parseCaseReference(search);
  if (reference) return { case: { reference } };
  const part = referencePart(search);
  const text = containsText(search);
  return {
    OR: [
      { name: text },
      { case: { title: text } },
      { case: { organization: { name: text } } },
      ...(part ? [{ case: { reference: { contains: part } } }] : []),
    ],
  };
}
