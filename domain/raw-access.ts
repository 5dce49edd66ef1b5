import { z } from 'zod';
import { HOUR_MS } from './durations';
import { type FileKind } from './file-kinds';
import { type FileState, HELD_STATES } from './file-states';
import { type Moves } from './moves';
import { chosenFiles } from './sharing';
import { paragraphOfText } from './text';

/**
 * The life of a RawAccessGrant (P-LIMITED) as one table. Bytes can be read in `granted` alone, and there only before `endsAt`: a time that has come counts at once,
 * also where no job has recorded the end yet.
 */
export const RAW_ACCESS_STATES = ['asked', 'granted', 'refused', 'revoked', 'ended'] as const;
export type RawAccessState = (typeof RAW_ACCESS_STATES)[number];

export const RAW_ACCESS_EVENTS = ['grant', 'refuse', 'revoke', 'end'] as const;
export type RawAccessEvent = (typeof RAW_ACCESS_EVENTS)[number];

export const RAW_ACCESS_MOVES: Moves<RawAccessState, RawAccessEvent> = {
  grant: { from: ['asked'], to: 'granted' },
  refuse: { from: ['asked'], to: 'refused' },
  revoke: { from: ['asked', 'granted'], to: 'revoked' },
  end: { from: ['asked', 'granted'], to: 'ended' },
};

export const RAW_ACCESS_STATE_LABELS: Readonly<Record<RawAccessState, string>> = {
  asked: 'Waits for a second person',
  granted: 'Granted',
  refused: 'Refused',
  revoked: 'Revoked',
  ended: 'Ended',
};

/** Why a grant ended before it was used up, as `endedBecause` says it. */
export const RAW_ACCESS_END_WORDS: Readonly<Record<string, string>> = {
  time: 'Its time was over.',
  erasure: 'The erasure of a file of it was ordered.',
  asker: 'Who had asked gave it back.',
  admin: 'An administrator revoked it.',
};

/** The longest that raw bytes can be reached by one grant; the database holds it too. */
export const MAX_RAW_ACCESS_HOURS = 4;
const MAX_RAW_ACCESS_FILES = 20;
/** A request that nobody decides is over after this. */
export const RAW_REQUEST_HOURS = 24;
/** A read has to begin this soon after it was asked for. */
export const RAW_CLAIM_SECONDS = 60;
/** The states in which the whole raw bytes are in storage. */
export const RAW_READABLE_STATES: readonly FileState[] = HELD_STATES;

/** The moment from which nothing happens with a grant any more: the end of its hours, or of the wait for a decision. */
function rawAccessOverAt({ createdAt, endsAt }: { readonly createdAt: Date; readonly endsAt: Date | null }): Date {
  return endsAt ?? new Date(createdAt.getTime() + RAW_REQUEST_HOURS * HOUR_MS);
}

/** The state as people have to read it at `now`. */
export function rawAccessStateAt(grant: { readonly state: RawAccessState; readonly createdAt: Date; readonly endsAt: Date | null }, now: Date): RawAccessState {
  return RAW_ACCESS_MOVES.end.from.includes(grant.state) && rawAccessOverAt(grant) <= now ? 'ended' : grant.state;
}

export const askForRawAccessInput = z.strictObject({
  reference: z.string(),
  reason: paragraphOfText(500, 'why the bytes themselves are needed'),
  fileIds: chosenFiles(MAX_RAW_ACCESS_FILES),
  hours: z.coerce.number({ error: 'Enter a number of hours.' }).int({ error: 'Enter whole hours.' }).min(1, { error: 'Enter 1 hour or more.' }).max(MAX_RAW_ACCESS_HOURS, { error: `Enter ${MAX_RAW_ACCESS_HOURS} hours at most.` }),
});
export const oneGrant = z.strictObject({ grantId: z.uuid() });
export const oneGrantFile = z.strictObject({ grantId: z.uuid(), fileId: z.uuid() });

const EXTENSION = /\.([a-z0-9]{1,10})$/i;

/**
 * The name under which the bytes are saved: case, grant and reader stand in it, so that a copy that turns up says who took it (P-NOCOPY). Of the file's own name
 * only the extension is left. The bytes are gzip, whatever the file was.
 */
export function watermarkedName({ reference, grantId, pseudonym, safeName }: { readonly reference: string; readonly grantId: string; readonly pseudonym: string; readonly safeName: string | null }): string {
  const extension = EXTENSION.exec((safeName ?? '').replace(/\.gz$/i, ''))?.[1]?.toLowerCase();
  return [reference, `grant-${grantId}`, `reader-${pseudonym}`, ...(extension ? [extension] : []), 'gz'].join('.');
}

/** One file of a grant. `readAt`: when its one read began; `deliveredBytes` and `isWhole` once it ended. */
export type RawAccessFile = {
  readonly fileId: string;
  readonly name: string | null;
  readonly kind: FileKind;
  readonly sizeBytes: number | null;
  readonly state: FileState;
  readonly readAt: string | null;
  readonly readEndedAt: string | null;
  readonly deliveredBytes: number | null;
  readonly isWhole: boolean | null;
};

/** A grant as the customer and those who decide see it. Times are ISO 8601 in UTC. */
export type RawAccessView = {
  readonly id: string;
  readonly caseReference: string;
  readonly reason: string;
  readonly hours: number;
  readonly state: RawAccessState;
  readonly endedBecause: string | null;
  readonly createdAt: string;
  readonly approvedAt: string | null;
  readonly endsAt: string | null;
  readonly files: readonly RawAccessFile[];
};

/** The same at the desk. */
export type DeskRawAccess = RawAccessView & {
  readonly askedByName: string | null;
  readonly approvedByName: string | null;
  readonly isYours: boolean;
  readonly mayDecide: boolean;
  readonly mayRevoke: boolean;
  readonly mayRead: boolean;
};
