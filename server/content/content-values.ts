/**
 * What the texts may name by a placeholder such as `{{vendorName}}`. All of it comes from settings and is escaped where it
 * is put in. `portalUrl` is the public address without a trailing slash.
 */
export type ContentValues = {
  readonly vendorName: string;
  readonly supportEmail: string;
  readonly portalUrl: string;
};

/** A placeholder at the start of a text; the whole text is searched with `PLACEHOLDER_ANYWHERE`. */
export const PLACEHOLDER_AT_START = /^\{\{([a-zA-Z]+)\}\}/;
export const PLACEHOLDER_ANYWHERE = /\{\{([a-zA-Z]+)\}\}/g;

/** The named value, or undefined where it is empty. Own properties only: `{{constructor}}` is not a value. */
export function valueOf(values: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return value === undefined || value.trim() === '' ? undefined : value;
}

/** Thrown where a text names something that the settings do not have. */
export class UnknownPlaceholderError extends Error {
  constructor(readonly placeholder: string) {
    super(`The text names {{${placeholder}}}, which has no value.`);
    this.name = 'UnknownPlaceholderError';
  }
}

/** Replaces placeholders in a plain text, such as a command. Throws UnknownPlaceholderError. */
export function fillPlainText(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replace(PLACEHOLDER_ANYWHERE, (_whole, name: string) => {
    const value = valueOf(values, name);
    if (value === undefined) throw new UnknownPlaceholderError(name);
    return value;
  });
}
