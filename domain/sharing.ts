import { z } from 'zod';
import { type FileKind } from './file-kinds';
import { type FileState } from './file-states';
import { type Moves } from './moves';
import { emailAddress, paragraphOfText } from './text';

/**
 * The life of a SharingRequest (P-SHARE) as one table. Nothing is visible to the recipient but in `approved`, and there only before the end
 * date: a date that has come counts at once, also where no job has recorded the end yet.
 */
export const SHARING_STATES = ['asked', 'approved', 'refused', 'withdrawn', 'ended'] as const;
export type SharingState = (typeof SHARING_STATES)[number];

export const SHARING_EVENTS = ['approve', 'refuse', 'withdraw', 'end'] as const;
export type SharingEvent = (typeof SHARING_EVENTS)[number];

export const SHARING_MOVES: Moves<SharingState, SharingEvent> = {
  approve: { from: ['asked'], to: 'approved' },
  refuse: { from: ['asked'], to: 'refused' },
  withdraw: { from: ['asked', 'approved'], to: 'withdrawn' },
  end: { from: ['asked', 'approved'], to: 'ended' },
};

/** Neither refused nor over. */
export const SHARING_OPEN: readonly SharingState[] = SHARING_MOVES.end.from;

/** The state as people have to read it at `now`: a date that has come is an end. */
export function sharingStateAt({ state, endsAt }: { readonly state: SharingState; readonly endsAt: Date }, now: Date): SharingState {
  return SHARING_OPEN.includes(state) && endsAt <= now ? 'ended' : state;
}

export const SHARING_STATE_LABELS: Readonly<Record<SharingState, string>> = {
  asked: 'Waits for your decision',
  approved: 'Shared',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  ended: 'Ended',
};

/** The longest that anything is shared; the database holds it too. */
export const MAX_SHARING_DAYS = 30;
/** Files of one request: a set that a person can read before they approve it. */
const MAX_SHARED_FILES = 50;
/** What support may ask to share: files that arrived. Their outputs are seen, never their bytes. */
export const SHAREABLE_STATES: readonly FileState[] = ['stored', 'verified', 'analysed'];

/** A form sends one chosen file as a text and several as a list. */
export const chosenFiles = (max: number) =>
  z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.uuid({ error: 'Choose files of this case.' })).min(1, { error: 'Choose at least one file.' }).max(max, { error: `Choose ${max} files at most.` }).transform((ids) => [...new Set(ids)]),
  );

/** What support fills in to ask for a recipient. */
export const askForSharingInput = z.strictObject({
  reference: z.string(),
  recipientEmail: emailAddress,
  purpose: paragraphOfText(500, 'what the recipient is needed for'),
  fileIds: chosenFiles(MAX_SHARED_FILES),
  days: z.coerce.number({ error: 'Enter a number of days.' }).int({ error: 'Enter whole days.' }).min(1, { error: 'Enter 1 day or more.' }).max(MAX_SHARING_DAYS, { error: `Enter ${MAX_SHARING_DAYS} days at most.` }),
  withCaseNotes: z.literal('on').optional().transform((value) => value === 'on'),
});
export const oneSharing = z.strictObject({ sharingId: z.uuid() });

/** One file of a request as the customer, to whom it belongs, and staff see it. */
export type SharedFileFact = { readonly fileId: string; readonly name: string | null; readonly kind: FileKind; readonly rawSizeBytes: number | null; readonly state: FileState };

/** A request as the customer and staff see it. Times are ISO 8601 in UTC. */
export type SharingView = {
  readonly id: string;
  /** Null once the person was erased. */
  readonly recipientEmail: string | null;
  readonly purpose: string;
  readonly state: SharingState;
  readonly stateAt: string;
  /** Why it is over: `date`, `erasure`, `customer` or `support`. */
  readonly endedBecause: string | null;
  readonly createdAt: string;
  readonly endsAt: string;
  readonly withCaseNotes: boolean;
  readonly files: readonly SharedFileFact[];
  /** The latest views of the recipient, newest first, and how many there were in all. */
  readonly views: readonly string[];
  readonly totalViews: number;
};

export const SHARING_END_WORDS: Readonly<Record<string, string>> = {
  date: 'Its end date has come.',
  erasure: 'What was shared was erased.',
  customer: 'The customer withdrew it.',
  support: 'Support withdrew it.',
};
