import { type UserActor } from '@/domain/actor';
import { makeCase, makeCustomer, makeNdaTemplate, makeStaff, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { openSecret } from '../../crypto/secrets';
import { getDb } from '../../db';
import { confirmSigningCode } from '../confirm-signing-code';
import { readAgreement } from '../read-agreement';
import { redeemSigningLink } from '../redeem-signing-link';
import { sendToSignatory } from '../send-to-signatory';
import { signAgreement } from '../sign-agreement';
import { type SigningKey } from '../signing-session';
import { startSigning } from '../start-signing';

export const START = new Date('2026-11-27T10:00:00.000Z');
const details = { partyName: 'Example Customer Ltd', partyAddress: '2 Sample Road, Cork, Ireland', title: 'Managing Director' } as const;

export type Scene = { readonly customer: SeedUser & { readonly organizationId: string }; readonly opened: SeedCase; readonly admin: SeedUser };

/** A customer with a case, an administrator, and a template in force. */
export async function makeScene(options: { ndaRequired?: boolean } = {}): Promise<Scene> {
  await makeNdaTemplate();
  const customer = await makeCustomer();
  return { customer, opened: await makeCase({ openedBy: customer, now: START, ...options }), admin: await makeStaff('admin') };
}

/** The secret of the newest mail of `kind` to an address, as its reader sees it. */
export async function mailedSecret(address: string, kind: 'nda_signing_link' | 'nda_signing_code' | 'nda_in_force_copy'): Promise<string> {
  const row = await getDb().notice.findFirstOrThrow({ where: { address, kind }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: { data: true } });
  return openSecret((row.data as { sealed: string }).sealed);
}

export async function send({ customer, opened }: Scene, { email, name = 'Zoë Žižek', scope = 'organization', now = START, replaces }: { email: string; name?: string; scope?: 'organization' | 'case'; now?: Date; replaces?: string }): Promise<string> {
  return (await sendToSignatory({ actor: customer.actor, now, reference: opened.reference, scope, ...details, name, email, ...(replaces ? { replaces } : {}) })).agreementId;
}

export async function signNow({ customer, opened }: Scene, { scope = 'organization', now = START, replaces }: { scope?: 'organization' | 'case'; now?: Date; replaces?: string } = {}): Promise<SigningKey> {
  const { agreementId, token } = await startSigning({ actor: customer.actor, now, reference: opened.reference, scope, ...details, name: 'Łukasz Đặng', ...(replaces ? { replaces } : {}) });
  return { agreementId, token, user: customer.actor };
}

/** Opens the newest link, as somebody without an account unless `user` is signed in. */
export async function openLink(email: string, { now = START, user = null }: { now?: Date; user?: UserActor | null } = {}): Promise<SigningKey> {
  const { agreementId, token } = await redeemSigningLink({ secret: await mailedSecret(email, 'nda_signing_link'), user, network: 'unknown', now });
  return { agreementId, token, user };
}

export async function confirm(key: SigningKey, email: string, now = START): Promise<void> {
  await confirmSigningCode({ key, code: await mailedSecret(email, 'nda_signing_code'), now });
}

/** Reads and signs, with a typed signature unless a drawing is given. */
export async function readAndSign(key: SigningKey, { now = START, drawing }: { now?: Date; drawing?: string } = {}): Promise<string> {
  const { sha256 } = await readAgreement({ key, now });
  await signAgreement({ key, now, agreementId: key.agreementId, sha256, electronic: 'on', authority: 'on', appearance: drawing === undefined ? 'typed' : 'drawn', ...(drawing === undefined ? {} : { drawing }) });
  return sha256;
}

/** All the way to the customer's signature by a signatory without an account. */
export async function signedByLink(scene: Scene, { email, scope, now = START, replaces }: { email: string; scope?: 'organization' | 'case'; now?: Date; replaces?: string }): Promise<string> {
  const agreementId = await send(scene, { email, now, ...(scope ? { scope } : {}), ...(replaces ? { replaces } : {}) });
  const key = await openLink(email, { now });
  await confirm(key, email, now);
  await readAndSign(key, { now });
  return agreementId;
}
