'use server';

import { headers } from 'next/headers';
import { z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { keepSigningToken, signingToken } from '@/server/auth/signing-cookie';
import { publicFormAction } from '@/server/http/form-action';
import { clientNetwork } from '@/server/http/peer-address';
import { confirmSigningCode, sendNewCode } from '@/server/nda/confirm-signing-code';
import { declineAgreement, declineInput } from '@/server/nda/end-signing';
import { redeemSigningLink } from '@/server/nda/redeem-signing-link';
import { forwardAgreement, forwardInput } from '@/server/nda/send-to-signatory';
import { signAgreement, signAgreementInput } from '@/server/nda/sign-agreement';
import { type SigningKey } from '@/server/nda/signing-session';

const ofAgreement = z.strictObject({ agreementId: z.uuid() });
const keyOf = async (agreementId: string, user: UserActor | null): Promise<SigningKey> => ({ token: await signingToken(), agreementId, user });

export const openLink = publicFormAction(z.strictObject({ token: z.string().max(100) }), async ({ actor, input, now }) => {
  const { agreementId, token, isFinished } = await redeemSigningLink({ secret: input.token, user: actor, network: clientNetwork(await headers()), now });
  await keepSigningToken(token);
  return { redirectTo: `/signing/${agreementId}/${isFinished ? 'done' : 'code'}` };
});

export const confirmCode = publicFormAction(ofAgreement.extend({ code: z.string().max(20).regex(/^\s*(\d\s*){6}$/, { error: 'Type the six digits of the code.' }) }), async ({ actor, input, now }) => {
  await confirmSigningCode({ key: await keyOf(input.agreementId, actor), code: input.code, now });
  return { redirectTo: `/signing/${input.agreementId}/read` };
});

export const sendCodeAgain = publicFormAction(ofAgreement, async ({ actor, input, now }) => {
  await sendNewCode({ key: await keyOf(input.agreementId, actor), now });
});

export const sign = publicFormAction(signAgreementInput, async ({ actor, input, now }) => {
  await signAgreement({ key: await keyOf(input.agreementId, actor), now, ...input });
  return { redirectTo: `/signing/${input.agreementId}/done` };
});

export const decline = publicFormAction(declineInput, async ({ actor, input, now }) => {
  await declineAgreement({ key: await keyOf(input.agreementId, actor), now, reason: input.reason });
  return { redirectTo: '/signing/ended?how=declined' };
});

export const forward = publicFormAction(forwardInput, async ({ actor, input, now }) => {
  await forwardAgreement({ by: await keyOf(input.agreementId, actor), now, ...input });
  return { redirectTo: '/signing/ended?how=forwarded' };
});
