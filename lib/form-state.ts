/** What a server action tells its form (`useActionState`). */
export type FormState = {
  readonly ok: boolean;
  /** One sentence for the top of the form. */
  readonly message?: string;
  /** Sentences beside the fields, by field name. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  /** What was typed, so that nothing is lost. Never secrets. */
  readonly values?: Readonly<Record<string, string>>;
  /** A secret that was just made and is shown this once; the portal keeps its hash alone. */
  readonly secret?: string;
  /** Stable code of domain/errors.ts. */
  readonly code?: string;
  /** What to give support; also in the log. */
  readonly reference?: string;
};

/** Before the form was sent the first time: neither right nor wrong, nothing to show. */
export const EMPTY_FORM: FormState = { ok: true };

/** A server action as `useActionState` wants it. */
export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;
