import { randomBytes } from 'node:crypto';

/** A word that stands in names, addresses, titles and file names of the run, and nowhere in the portal's own texts. */
export const CANARY = 'kanarienvogel';

/** An address of nobody else. */
export function canaryAddress(who: string): string {
  return `${who}-${randomBytes(4).toString('hex')}@${CANARY}.example.test`;
}

/** An e-mail address of the tests in the address of a page or a request, plain or escaped. */
export const ADDRESS_IN_URL = new RegExp(String.raw`(?:@|%40)(?:[a-z0-9-]+\.)?example\.test|${CANARY}`, 'i');
