import { type Prisma } from '../db';

export const PERSON_NAME = { name: true, email: true } as const satisfies Prisma.UserSelect;

/** How a person is called: by the name that they gave, by their address until they give one; null once they were erased. */
export function personName({ name, email }: { readonly name: string | null; readonly email: string | null }): string | null {
  return name ?? email;
}
