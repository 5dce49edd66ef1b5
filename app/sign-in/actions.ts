'use server';

import { headers } from 'next/headers';
import { z } from 'zod';
import { emailAddress } from '@/domain/text';
import { requestSignInLink } from '@/server/auth/request-sign-in-link';
import { publicFormAction } from '@/server/http/form-action';
import { clientNetwork } from '@/server/http/peer-address';

const requestLinkInput = z.strictObject({ email: emailAddress, next: z.string().max(500).optional() });

/** Mails a link and goes on to the same page for every address. */
export const requestLink = publicFormAction(requestLinkInput, async ({ input, now }) => {
  await requestSignInLink({ email: input.email, next: input.next, network: clientNetwork(await headers()), now });
  return { redirectTo: '/sign-in/sent' };
});
