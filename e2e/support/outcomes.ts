import { type Outcomes } from './who-knocks';

/** Outcomes that many rows of the access matrix share. */
export const all = (outcome: string): Outcomes => ({ else: outcome });
export const STAFF_404 = { support: '404', data_admin: '404', admin: '404' } as const;
export const SIGN_IN = { anonymous: 'to /sign-in' } as const;
export const SIGNED_IN: Outcomes = { ...SIGN_IN, else: 'ok' };
export const CUSTOMERS: Outcomes = { ...SIGN_IN, newcomer: 'to /welcome', ...STAFF_404, subcontractor: '404', else: 'ok' };
export const OWN_CASE: Outcomes = { ...SIGN_IN, newcomer: 'to /welcome', owner: 'ok', colleague: 'ok', else: '404' };
/** Staff have the same case at the desk. */
export const ownCasePage = (desk: string): Outcomes => ({ ...OWN_CASE, support: `to ${desk}`, data_admin: `to ${desk}`, admin: `to ${desk}` });
export const STAFF: Outcomes = { ...SIGN_IN, newcomer: 'to /welcome', support: 'ok', data_admin: 'ok', admin: 'ok', else: '404' };
export const ADMIN: Outcomes = { ...SIGN_IN, newcomer: 'to /welcome', admin: 'ok', else: '404' };
export const NO_SUCH = '404 not_found';
/** Their own room: a customer's or the desk's is another one. */
export const SUBCONTRACTOR: Outcomes = { ...SIGN_IN, newcomer: 'to /welcome', subcontractor: 'ok', else: '404' };
export const OWN_DOWNLOAD: Outcomes = { anonymous: '401 unauthenticated', newcomer: '403 organization_needed', stranger: '404 not_found', subcontractor: '404 not_found', else: 'ok' };
export const UNAUTHENTICATED = { anonymous: '401 unauthenticated' } as const;
export const NOT_FOUND = '404 not_found';
/** The same for every address: it says something about the newcomer, nothing about the case. */
export const NEWCOMER = { newcomer: '403 organization_needed' } as const;
/** Owner and colleague get it; everybody else learns nothing. */
export const ownCase = (outcome: string): Outcomes => ({ ...UNAUTHENTICATED, ...NEWCOMER, owner: outcome, colleague: outcome, else: NOT_FOUND });
export const readers = (outcome: string): Outcomes => ({ ...UNAUTHENTICATED, ...NEWCOMER, stranger: NOT_FOUND, subcontractor: NOT_FOUND, else: outcome });
/** A key reads and writes what is unfinished in its case and what it sent itself; the finished file of the world was sent by the owner. */
export const KEYS_NOT_FOUND = { key_of_case: NOT_FOUND, key_of_other_case: NOT_FOUND } as const;
export const keyOfCase = (outcome: string) => ({ key_of_case: outcome, key_of_other_case: NOT_FOUND }) as const;
export const REFUSED = { anonymous: 'refused unauthenticated', else: 'refused not_found' } as const;
export const NEWCOMER_REFUSED = { newcomer: 'refused organization_needed' } as const;
export const customersOnly = (outcome: string): Outcomes => ({ ...REFUSED, ...NEWCOMER_REFUSED, owner: outcome, colleague: outcome, stranger: outcome });
export const ownCaseOnly = (outcome: string): Outcomes => ({ ...REFUSED, ...NEWCOMER_REFUSED, owner: outcome, colleague: outcome });
export const adminOnly = (outcome: string): Outcomes => ({ ...REFUSED, admin: outcome });
