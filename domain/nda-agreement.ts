import { DAY_MS } from './durations';
import { type Moves } from './moves';

/**
 * The life of an NdaAgreement as one table. The server's moves, the pages and the tests are made from it; nothing else decides
 * whether a move is allowed.
 */
export const NDA_STATES = ['draft', 'sent', 'signed', 'in_force', 'paper_pending', 'paper_on_file', 'declined', 'withdrawn', 'expired', 'ended'] as const;
export type NdaState = (typeof NDA_STATES)[number];

export const NDA_EVENTS = ['send', 'forward', 'sign', 'countersign', 'decline', 'withdraw', 'expire', 'submit_paper', 'accept_paper', 'refuse_paper', 'end'] as const;
export type NdaEvent = (typeof NDA_EVENTS)[number];

export const NDA_MOVES: Moves<NdaState, NdaEvent> = {
  send: { from: ['draft'], to: 'sent' },
  forward: { from: ['draft', 'sent'], to: 'sent' },
  sign: { from: ['draft', 'sent'], to: 'signed' },
  countersign: { from: ['signed'], to: 'in_force' },
  decline: { from: ['draft', 'sent'], to: 'declined' },
  withdraw: { from: ['draft', 'sent', 'signed', 'paper_pending'], to: 'withdrawn' },
  expire: { from: ['draft', 'sent'], to: 'expired' },
  submit_paper: { from: ['draft'], to: 'paper_pending' },
  accept_paper: { from: ['paper_pending'], to: 'paper_on_file' },
  refuse_paper: { from: ['paper_pending'], to: 'declined' },
  end: { from: ['in_force', 'paper_on_file'], to: 'ended' },
};

/** Neither in force nor over: one such agreement at most for an organization, and one for a case. */
export const NDA_UNDER_WAY: readonly NdaState[] = ['draft', 'sent', 'signed', 'paper_pending'];
/** Waiting for the customer's signature. */
export const NDA_TO_SIGN: readonly NdaState[] = NDA_MOVES.sign.from;
/** Covers cases, as far as its dates say so. */
export const NDA_COVERING: readonly NdaState[] = ['in_force', 'paper_on_file'];

export const NDA_STATE_LABELS: Readonly<Record<NdaState, string>> = {
  draft: 'Being prepared',
  sent: 'Sent to the signatory',
  signed: 'Waiting for countersignature',
  in_force: 'In force',
  paper_pending: 'Paper copy under review',
  paper_on_file: 'Paper copy on file',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
  ended: 'Ended',
};

/** Days after which whoever has not signed is reminded, and after which an agreement that nobody signed is over. */
const NDA_REMINDER_DAYS = [3, 7] as const;
export const NDA_EXPIRY_DAYS = 14;
/** An agreement without a stated term holds two years (clause 8.1 of the template). */
export const NDA_TERM_YEARS = 2;
/** One for a single case ends this long after the case was closed (clause 8.1). */
export const NDA_CASE_END_DAYS = 30;

export const daysLater = (from: Date, days: number): Date => new Date(from.getTime() + days * DAY_MS);

/** The last moment of an agreement that comes into force at `from`: two years later, in UTC. */
export function ndaTermEnd(from: Date): Date {
  const end = new Date(from);
  end.setUTCFullYear(end.getUTCFullYear() + NDA_TERM_YEARS);
  return end;
}

/** How many reminders should have gone out by `now`. */
export function remindersDue(sentAt: Date, now: Date): number {
  return NDA_REMINDER_DAYS.filter((days) => daysLater(sentAt, days) <= now).length;
}

/** The one-time code of the e-mail check. */
export const SIGNING_CODE_DIGITS = 6;
export const SIGNING_CODE_MINUTES = 15;
export const SIGNING_CODE_ATTEMPTS = 5;
/** How long a browser may take from the link to the signature. */
export const SIGNING_SESSION_HOURS = 2;
/** A link to the finished copy works this long, once. */
export const COPY_LINK_DAYS = 30;

/** Bytes of a paper copy: a contract of some pages, scanned. */
export const MAX_PAPER_COPY_BYTES = 20 * 1024 * 1024;
