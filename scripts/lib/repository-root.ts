import { fileURLToPath } from 'node:url';

/** The checkout, absolute, without a slash at its end. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
