'use server';

import { orderErasureForm } from '@/domain/erasure';
import { type FormState } from '@/lib/form-state';
import { orderErasure } from '@/server/erasure/order-erasure';
import { formAction } from '@/server/http/form-action';

const order = formAction(orderErasureForm, async ({ actor, input, now }) => {
  const { reference, orderId } = await orderErasure({ actor, now, ...input });
  return { redirectTo: `/cases/${reference}/erasures/${orderId}` };
});

export async function orderErasureAction(previous: FormState, form: FormData): Promise<FormState> {
  return order(previous, form);
}
