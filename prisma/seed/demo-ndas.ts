import { type UserActor } from '@/domain/actor';
import { openSecret } from '@/server/crypto/secrets';
import { getDb } from '@/server/db';
import { confirmSigningCode } from '@/server/nda/confirm-signing-code';
import { countersignAgreement } from '@/server/nda/countersign-agreement';
import { readAgreement } from '@/server/nda/read-agreement';
import { signAgreement } from '@/server/nda/sign-agreement';
import { startSigning } from '@/server/nda/start-signing';

export type DemoNda = { readonly actor: UserActor; readonly now: Date; readonly reference: string; readonly party: string; readonly address: string; readonly name: string; readonly title: string };

/** The code that was mailed to a demo account, while it waits to be mailed: the demo is made before the worker runs. */
async function waitingCode(address: string): Promise<string | null> {
  const notice = await getDb().notice.findFirst({ where: { kind: 'nda_signing_code', address, state: 'queued' }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: { data: true } });
  const sealed = notice && typeof notice.data === 'object' && notice.data !== null && 'sealed' in notice.data ? notice.data.sealed : null;
  return typeof sealed === 'string' ? openSecret(sealed) : null;
}

/**
 * A demo account signs for its whole organization, by the use cases that everybody goes through. Answers the agreement, or null where the
 * organization has a signed one already, or a worker was faster with the mail.
 */
export async function signDemoNda({ actor, now, reference, party, address, name, title }: DemoNda): Promise<string | null> {
  const organizationId = actor.organizationId ?? '';
  if ((await getDb().ndaAgreement.count({ where: { organizationId, signedAt: { not: null } } })) > 0) return null;
  const { email } = await getDb().user.findUniqueOrThrow({ where: { id: actor.userId }, select: { email: true } });
  const { agreementId, token } = await startSigning({ actor, now, reference, scope: 'organization', partyName: party, partyAddress: address, name, title });
  const code = await waitingCode(email ?? '');
  if (code === null) return null;
  const key = { token, agreementId, user: actor };
  await confirmSigningCode({ key, code, now });
  const { sha256 } = await readAgreement({ key, now });
  await signAgreement({ key, now, agreementId, sha256, electronic: 'on', authority: 'on', appearance: 'typed' });
  return agreementId;
}

/** The administrator of the demo countersigns. */
export async function countersignDemoNda({ actor, now, agreementId }: { actor: UserActor; now: Date; agreementId: string }): Promise<void> {
  await countersignAgreement({ actor, now, agreementId, name: 'Alex Example', title: 'General Counsel', authority: 'on' });
}
