import { z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { lineOfText } from '@/domain/text';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';

/** Empty takes the name away: it is nobody's duty to give one. */
export const changeNameInput = z.strictObject({ name: z.union([z.literal('').transform(() => null), lineOfText(80, 'your name')]) });

/** Sets or empties the actor's own name. Not audited: it is personal data and decides nothing. */
export async function changeName({ actor, name }: { actor: UserActor; name: string | null }): Promise<void> {
  requirePermission(actor, 'session:manage');
  await getDb().user.update({ where: { id: actor.userId }, data: { name } });
}
