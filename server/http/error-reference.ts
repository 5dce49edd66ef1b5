import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What a person gives support for one failed request, such as `E-7K3MQ2ZD`: in the answer and in the log line. */
export function errorReference(): string {
  return `E-${[...randomBytes(8)].map((byte) => ALPHABET[byte % 32]).join('')}`;
}
