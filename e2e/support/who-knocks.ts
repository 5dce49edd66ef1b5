/** Who knocks. `owner` opened the case, `colleague` is of the same organization, `stranger` is a customer of another one, `newcomer` has none yet. */
export const PEOPLE = ['anonymous', 'newcomer', 'owner', 'colleague', 'stranger', 'support', 'data_admin', 'admin', 'subcontractor'] as const;
export type Person = (typeof PEOPLE)[number];
/** Upload keys: of the owner's case, and of the stranger's. */
export const KEYS = ['key_of_case', 'key_of_other_case'] as const;
export type Key = (typeof KEYS)[number];

/** The outcome for each, with `else` for those that are not named. See knock.ts for the words. */
export type Outcomes = Partial<Record<Person, string>> & { readonly else: string };
