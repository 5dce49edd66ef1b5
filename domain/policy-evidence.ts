import { type BucketCheck, type BucketCheckId } from './bucket-checks';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './durations';
import { ERASURE_LATE_MINUTES } from './erasure';
import { type Evidence, type PromiseId } from './promises';
import { type RetentionSubject, SILENT_MINUTES } from './retention';
import { count } from './words';

/** What the database says of the promises, the same for every reader. Numbers and times only. */
export type LedgerFacts = {
  readonly lastSweep: { readonly endedAt: string; readonly objects: number; readonly failed: number } | null;
  /** Where a sweep is recorded at a time that is still to come: then a clock was set back, or ran ahead. */
  readonly sweptAhead: boolean;
  /** Objects deleted by the sweeper in the last 24 hours. */
  readonly deletedToday: number;
  /** For each kind of data: since when the oldest is held, and how much is past its date by more than the sweeper's grace. */
  readonly held: Readonly<Record<RetentionSubject, { readonly oldestAt: string | null; readonly overdue: number; readonly days: number }>>;
  /** Since when the oldest object of raw data lies in storage, those of uploads that are not complete among them. */
  readonly oldestObjectAt: string | null;
  /** What is held although no clock runs for it, of each kind. There must be none: nothing would erase it. */
  readonly withoutClock: Readonly<Record<RetentionSubject, number>>;
  /** When the whole bucket was last compared with the records, null before the first time; what nobody announced that should be erased by now; and how often it found something of files that are gone and could not erase it. */
  readonly bucketCompared: { readonly endedAt: string | null; readonly overdue: number; readonly remains: number };
  /** Dates that lie later than their period and the extensions whose notice was handed to mail say. There must be none. */
  readonly datesMovedUntold: number;
  /** `unproven`: said to be done without a certificate, or with a file that was not seen to be absent. There must be none. */
  readonly erasure: { readonly done: number; readonly open: number; readonly late: number; readonly unproven: number; readonly slowestSeconds: number | null };
  /** Sharing that is in force although no customer of the case's organization approved it. There must be none. */
  readonly sharedUnapproved: number;
  /** Reads of raw bytes that began before a notice of their grant was handed to mail. There must be none. */
  readonly rawReadUntold: number;
  /** Grants in force that nobody but who asked approved. */
  readonly grantedAlone: number;
  readonly requestsWithoutPurpose: number;
};

/** What is in force for the reader's own organization. */
export type ReaderFacts = { readonly extensions: number; readonly sharing: number; readonly rawAccess: number };

/** How this machine keeps the portal's own logs. `oldestDay` is a UTC day such as 2026-11-27, null without logs; `plainArchives` counts those that are not encrypted. */
export type LogFacts = { readonly level: string; readonly isPrivate: boolean; readonly keptDays: number; readonly oldestDay: string | null; readonly areArchivesEncrypted: boolean; readonly plainArchives: number };

export type EvidenceInput = {
  readonly now: Date;
  readonly bucket: readonly BucketCheck[];
  /** Null where the database did not answer. */
  readonly ledger: LedgerFacts | null;
  /** Null for a reader without an organization. */
  readonly reader: ReaderFacts | null;
  /** Null where the folder of the logs could not be read. */
  readonly logs: LogFacts | null;
  /** `isStorageHere`: the storage is the demo's own, on this machine. */
  readonly portal: { readonly isHttps: boolean; readonly isDemo: boolean; readonly isStorageHere: boolean; readonly needsSecondPerson: boolean };
};

/** The bucket is compared with the records each ten minutes; after an hour nobody knows what lies in it (docs/operations.md). */
export const COMPARED_LATE_MINUTES = 60;

const kept = (sentence: string): Evidence => ({ state: 'kept', sentence });
const broken = (sentence: string): Evidence => ({ state: 'broken', sentence });
const fact = (sentence: string): Evidence => ({ state: 'fact', sentence });
const UNREAD: Evidence = { state: 'unknown', sentence: 'The portal\'s records could not be read just now.' };

const holds = (isKept: boolean, yes: string, no: string): Evidence => (isKept ? kept(yes) : broken(no));

/** A demo's own storage stands in for Amazon S3: what it says of itself is true of nothing, and what it lacks it could not have. */
const CLAIMS: Partial<Readonly<Record<BucketCheckId, string>>> = {
  region: 'But this is a demo, whose storage is a folder on this machine, wherever that stands.',
  encryption: 'But this is a demo, whose storage is a folder on this machine and encrypts nothing.',
};
const LACKS: Partial<Readonly<Record<BucketCheckId, string>>> = {
  'tls-policy': 'This is a demo, whose storage listens on this machine alone.',
  'encryption-policy': 'This is a demo, whose storage listens on this machine alone.',
};

/** What a check of the bucket says to a reader. */
function ofBucket({ bucket, portal }: EvidenceInput, id: PromiseId): Evidence[] {
  return bucket
    .filter(({ promises }) => promises.includes(id))
    .map((check) => {
      if (check.ok === null) return { state: 'unknown', sentence: check.found };
      const ofDemo = portal.isStorageHere ? (check.ok ? CLAIMS : LACKS)[check.id] : undefined;
      if (ofDemo) return { state: 'demo', sentence: `${check.found} ${ofDemo}` };
      return check.ok ? kept(check.found) : broken(check.found);
    });
}

function ageOf(iso: string, now: Date): string {
  const hours = Math.max(0, Math.floor((now.getTime() - new Date(iso).getTime()) / HOUR_MS));
  if (hours < 1) return 'less than an hour';
  return hours < 48 ? count(hours, 'hour', 'hours') : count(Math.floor(hours / 24), 'day', 'days');
}

const minutesSince = (iso: string, now: Date) => Math.floor((now.getTime() - new Date(iso).getTime()) / MINUTE_MS);
const minutesAgo = (minutes: number) => (minutes < 1 ? 'less than a minute ago' : `${count(minutes, 'minute', 'minutes')} ago`);

function sweepEvidence({ now, ledger }: EvidenceInput): Evidence {
  if (!ledger) return UNREAD;
  if (ledger.sweptAhead) return { state: 'unknown', sentence: 'A sweep is recorded at a time that is still to come: a clock of this portal was set back or ran ahead, so that it is not known whether dates are kept.' };
  if (!ledger.lastSweep) return { state: 'unknown', sentence: 'The sweeper has not run yet.' };
  const { endedAt, objects, failed } = ledger.lastSweep;
  const minutes = minutesSince(endedAt, now);
  const when = minutesAgo(minutes);
  const what = `it deleted ${count(objects, 'object', 'objects')}${objects > 0 ? ' and saw them to be absent' : ''}; ${count(ledger.deletedToday, 'object', 'objects')} in the last 24 hours`;
  if (minutes >= SILENT_MINUTES) return broken(`The last sweep ended ${when}, which is too long ago.`);
  return failed > 0 ? broken(`The last sweep, ${when}, could not delete everything that was due.`) : kept(`The last sweep ended ${when}: ${what}.`);
}

function heldEvidence({ now, ledger }: EvidenceInput, subject: RetentionSubject, one: string, many: string): Evidence[] {
  if (!ledger) return [UNREAD];
  const { oldestAt, overdue, days } = ledger.held[subject];
  const period = fact(subject === 'raw_file' ? `Kept for ${count(days, 'day', 'days')} in this portal, and longer only by an extension with notice.` : `Kept for ${count(days, 'day', 'days')} at most in this portal.`);
  const unclocked = ledger.withoutClock[subject];
  // Where nothing runs out, nothing is ever overdue.
  if (unclocked > 0) return [broken(`${count(unclocked, `${one} is`, `${many} are`)} held without a date on which ${unclocked === 1 ? 'it is' : 'they are'} erased.`), period];
  if (overdue > 0) return [broken(`${count(overdue, one, many)} should have been erased already.`), period];
  return [kept(oldestAt === null ? `No ${one} is held just now.` : `The oldest ${one} has been held for ${ageOf(oldestAt, now)}. None is overdue.`), period];
}

/** What lies in the bucket though the records know nothing of it has no clock: it is found by comparing, and only so. */
function comparedEvidence({ now, ledger }: EvidenceInput): Evidence[] {
  if (!ledger) return [];
  const { endedAt, overdue, remains } = ledger.bucketCompared;
  if (remains > 0) return [broken('Something of files that are gone was found in the bucket, and could not be erased.')];
  if (overdue > 0) return [broken(`${count(overdue, 'object', 'objects')} that nobody announced should have been erased already.`)];
  if (endedAt === null) return [fact('The bucket has not been compared with the portal\'s records yet.')];
  const minutes = minutesSince(endedAt, now);
  if (minutes >= COMPARED_LATE_MINUTES) return [{ state: 'unknown', sentence: `The bucket was compared with the portal's records ${minutesAgo(minutes)}, too long ago to know what lies in it.` }];
  return [kept(`The whole bucket was compared with the portal's records ${minutesAgo(minutes)}: nothing lies in it that should be gone.`)];
}

/** An upload may take days before its file is complete and its days begin. */
function objectEvidence({ now, ledger }: EvidenceInput): Evidence[] {
  return ledger?.oldestObjectAt ? [fact(`The oldest object of raw data, those of unfinished uploads among them, was stored ${ageOf(ledger.oldestObjectAt, now)} ago.`)] : [];
}

function erasureEvidence({ ledger }: EvidenceInput): Evidence[] {
  if (!ledger) return [UNREAD];
  // How many there were is nobody's business but their customers'.
  const { done, open, late, unproven, slowestSeconds } = ledger.erasure;
  if (late > 0) return [broken(`${count(late, 'erasure was', 'erasures were')} ordered more than ${ERASURE_LATE_MINUTES} minutes ago and ${late === 1 ? 'is' : 'are'} not finished.`)];
  if (unproven > 0) return [broken(`${count(unproven, 'erasure is', 'erasures are')} said to be finished without a certificate, or without having been seen to be whole.`)];
  const slowest = slowestSeconds === null ? '' : ` The slowest of the last 30 days took ${count(slowestSeconds, 'second', 'seconds')}.`;
  const past = done === 0 ? 'No erasure was finished yet.' : `Every erasure that is finished was seen to be whole and certified.${slowest}`;
  return [kept(open > 0 ? `${past} One that was just ordered is under way.` : past)];
}

function forReader({ reader }: EvidenceInput, key: keyof ReaderFacts, none: string, one: string, many: string): Evidence[] {
  const number = reader?.[key];
  if (number === undefined) return [];
  return [fact(number === 0 ? none : `${count(number, one, many)} in force for your organisation. The page of each case lists them.`)];
}

function secondPersonEvidence({ ledger, portal }: EvidenceInput): Evidence {
  if (!portal.needsSecondPerson) return fact('The vendor has switched off that a second person approves each access.');
  return ledger ? holds(ledger.grantedAlone === 0, 'Each access needs a second person who approves it, and each that is in force has one.', 'An access is in force that nobody but who asked for it approved.') : UNREAD;
}

function logEvidence({ now, logs }: EvidenceInput): Evidence[] {
  if (!logs) return [{ state: 'unknown', sentence: 'The folder of the logs could not be read just now.' }];
  const { level, isPrivate, keptDays, oldestDay, areArchivesEncrypted, plainArchives } = logs;
  const archives = !areArchivesEncrypted ? 'compressed and not encrypted' : plainArchives > 0 ? 'encrypted, but for those from before that was switched on' : 'encrypted';
  // What is past its days goes with the next hour.
  const isOld = oldestDay !== null && oldestDay < new Date(now.getTime() - (keptDays + 1) * DAY_MS).toISOString().slice(0, 10);
  return [
    holds(isPrivate, 'The portal\'s logs can be read by its own account alone.', 'The portal\'s logs can be read by other accounts of its machine.'),
    holds(!isOld, `The oldest log is of ${oldestDay ?? 'today'}; none is kept for more than ${count(keptDays, 'day', 'days')}.`, `There is a log of ${oldestDay ?? ''}, which is more than ${count(keptDays, 'day', 'days')} ago.`),
    holds(level !== 'debug', `The log records what normal operation needs (level ${level.toUpperCase()}).`, 'The log records more than normal operation needs (level DEBUG).'),
    fact(`The fields of a line are a fixed list of pseudonyms, ids and codes. Finished logs are ${archives}.`),
  ];
}

type Gather = (input: EvidenceInput) => readonly Evidence[];

const BUILT = {
  push: fact('The portal has no function that reaches a customer\'s machine: its only ways in are the pages, the HTTP contract and the scripts, which send the files that you name.'),
  purpose: fact('Each file belongs to one case, and no function of the portal brings a file or a result into another. What people do with what they have read, no portal can show.'),
  nocopy: fact('No page and no function gives the bytes of a file to support staff. A test asks every address of the portal as each role and fails if one does.'),
  nda: fact('The offer stands on the page of each case before the page that sends. No address for sending is signed for a case that needs an agreement and has none.'),
} as const;

const GATHER: Readonly<Record<PromiseId, Gather>> = {
  'P-PUSH': () => [BUILT.push],
  'P-TRANSIT': (input) => [
    input.portal.isHttps ? kept('The portal\'s address is HTTPS, and browsers are told to use nothing else.') : { state: input.portal.isDemo ? 'demo' : 'broken', sentence: 'The portal\'s address is plain HTTP, on this machine alone.' },
    ...ofBucket(input, 'P-TRANSIT'),
  ],
  'P-REST': (input) => ofBucket(input, 'P-REST'),
  'P-REGION': (input) => ofBucket(input, 'P-REGION'),
  'P-LIMITED': (input) => [
    ...ofBucket(input, 'P-LIMITED'),
    input.ledger ? holds(input.ledger.rawReadUntold === 0, 'Every read of raw data began after its customer had been told of it.', 'Raw data was read before its customer had been told of it.') : UNREAD,
    secondPersonEvidence(input),
    ...forReader(input, 'rawAccess', 'Nobody can reach raw data of your organisation just now.', 'access to raw data is', 'accesses to raw data are'),
  ],
  'P-RAW-7': (input) => [...heldEvidence(input, 'raw_file', 'file', 'files'), ...objectEvidence(input), sweepEvidence(input), ...comparedEvidence(input), ...ofBucket(input, 'P-RAW-7')],
  'P-AUTO-30': (input) => heldEvidence(input, 'analysis_output', 'output', 'outputs'),
  'P-MANUAL-1': (input) => heldEvidence(input, 'manual_output', 'output', 'outputs'),
  'P-EXTEND': (input) => [
    input.ledger ? holds(input.ledger.datesMovedUntold === 0, 'No date was moved by an extension whose notice was not handed to mail.', `${count(input.ledger.datesMovedUntold, 'date lies', 'dates lie')} later than the period and the extensions with notice allow.`) : UNREAD,
    ...forReader(input, 'extensions', 'No extension is in force for your organisation.', 'extension is', 'extensions are'),
  ],
  'P-MIN': (input) => [input.ledger ? holds(input.ledger.requestsWithoutPurpose === 0, 'Every request for a file says what it is for.', 'A request for a file does not say what it is for.') : UNREAD],
  'P-PURPOSE': () => [BUILT.purpose],
  'P-NOCOPY': () => [BUILT.nocopy],
  'P-SHARE': (input) => [
    input.ledger ? holds(input.ledger.sharedUnapproved === 0, 'Nothing is shared that a customer of the same organisation has not approved.', 'Something is shared that no customer of its organisation has approved.') : UNREAD,
    ...forReader(input, 'sharing', 'Nothing of your organisation is shared just now.', 'sharing is', 'sharings are'),
  ],
  'P-ERASE': erasureEvidence,
  'P-NDA': () => [BUILT.nda],
  'P-LOGS': logEvidence,
};

/** The evidence for one promise, from what was read just now. Pure; says nothing about a person, an organization by name, or a file. */
export function evidenceFor(id: PromiseId, input: EvidenceInput): readonly Evidence[] {
  return GATHER[id](input);
}
