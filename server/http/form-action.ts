import 'server-only';
import { headers } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import { type z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { type FormAction, type FormState } from '@/lib/form-state';
import { getCurrentActor } from '../auth/current-actor';
import { echoedValues, fieldsOf, type FormInput, formInput, parseForm } from './parse-form';
import { peerPseudonym } from './peer-address';
import { reportError } from './report-error';
import { requireSameOrigin } from './same-origin';

/** What an action wants to happen next: another page, or one sentence above the form. `values` replaces what the form shows, `secret` is shown once. */
export type ActionResult = void | { readonly redirectTo?: string; readonly message?: string; readonly values?: Readonly<Record<string, string>>; readonly secret?: string };
type Handler<T extends z.ZodType, A> = (input: { readonly actor: A; readonly input: z.output<T>; readonly now: Date }) => Promise<ActionResult>;

const CHECK_FIELDS = 'Check what is marked below; nothing was lost.';

function refused(thrown: unknown, input: FormInput, actor: UserActor | null, peer: string | undefined): FormState {
  unstable_rethrow(thrown);
  const { error, reference } = reportError(thrown, { route: 'form', actor: actor?.pseudonym, peer });
  const fields = error.fields.length > 0 ? { fields: fieldsOf(error.fields) } : {};
  return { ok: false, message: error.detail, code: error.code, values: echoedValues(input), ...fields, ...(error.status >= 500 ? { reference } : {}) };
}

function makeAction<T extends z.ZodType, A extends UserActor | null>(schema: T, admit: (actor: UserActor | null) => A, handler: Handler<T, A>): FormAction {
  return async (_previous, form) => {
    const input = formInput(form);
    let actor: UserActor | null = null;
    let peer: string | undefined;
    let result: ActionResult;
    try {
      const asked = await headers();
      peer = peerPseudonym(asked);
      requireSameOrigin(asked);
      actor = await getCurrentActor();
      const admitted = admit(actor);
      const parsed = parseForm(schema, input);
      if (!parsed.ok) return { ok: false, message: CHECK_FIELDS, code: 'validation_failed', fields: parsed.fields, values: echoedValues(input) };
      result = await handler({ actor: admitted, input: parsed.data, now: new Date() });
    } catch (error) {
      return refused(error, input, actor, peer);
    }
    if (result?.redirectTo) redirect(result.redirectTo);
    return { ok: true, ...(result?.message ? { message: result.message } : {}), ...(result?.values ? { values: result.values } : {}), ...(result?.secret ? { secret: result.secret } : {}) };
  };
}

/**
 * The body of a server action of a signed-in person, for `useActionState`: the origin is checked against AIRLOCK_URL (Next
 * itself compares with the Host header only), the form is parsed by a strict schema, and errors come back as sentences beside
 * the fields with what was typed. `redirectTo` has to be a path that we made, never input.
 */
export function formAction<T extends z.ZodType>(schema: T, handler: Handler<T, UserActor>): FormAction {
  return makeAction(schema, (actor) => {
    if (!actor) throw new AppError('unauthenticated');
    return actor;
  }, handler);
}

/** The same for somebody who need not be signed in. */
export function publicFormAction<T extends z.ZodType>(schema: T, handler: Handler<T, UserActor | null>): FormAction {
  return makeAction(schema, (actor) => actor, handler);
}
