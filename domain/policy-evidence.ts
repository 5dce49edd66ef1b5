import { type BucketCheck } from './bucket-checks';
import { type Evidence, type PromiseId } from './promises';

/** What the database says of the promises just now. Numbers only; `mine` counts what is in force for the reader's organization. */
export type LedgerFacts = {
  readonly lastSweep: { readonly endedAt: string; readonly objects: number; readonly failed: number } | null;
  /** Objects deleted by the sweeper in the last 24 hours. */
  readonly deletedToday: number;
  /** For each kind of data: how much is held, since when the oldest, and how much is past its date by more than the sweeper's grace. */
  readonly held: Readonly<Record<'raw_file' | 'analysis_output' | 'manual_output', { readonly count: number; readonly oldestAt: string | null; readonly overdue: number; readonly days: number }>>;
  /** Extensions that count although their notice was not handed to mail. There must be none. */
  readonly unannouncedExtensions: number;
  readonly erasure: { readonly done: number; readonly open: number; readonly late: number; readonly slowestSeconds: number | null };
  /** Null for a reader without an organization. */
  readonly mine: { readonly extensions: number; readonly sharing: number; readonly rawAccess: number } | null;
  /** Sharing and grants that are in force although nobody approved them. There must be none. */
  readonly unapproved: { readonly sharing: number; readonly rawAccess: number };
  readonly requestsWithoutPurpose: number;
};

export type EvidenceInput = {
  readonly now: Date;
  readonly bucket: readonly BucketCheck[];
  /** Null where the database did not answer. */
  readonly ledger: LedgerFacts | null;
  readonly portal: { readonly isHttps: boolean; readonly isDemo: boolean; readonly logLevel: string; readonly logDays: number; readonly logsPrivate: boolean | null; readonly needsSecondPerson: boolean };
};

/** A sweep runs each minute; one that ended longer ago than this is late. */
export const LATE_SWEEP_MS = 10 * 60 * 1000;

const kept = (sentence: string): Evidence => ({ state: 'kept', sentence });
const broken = (sentence: string): Evidence => ({ state: 'broken', sentence });
const fact = (sentence: string): Evidence => ({ state: 'fact', sentence });
const UNREAD: Evidence = { state: 'unknown', sentence: 'The portal\'s records could not be read just now.' };

const holds = (isKept: boolean, yes: string, no: string): Evidence => (isKept ? kept(yes) : broken(no));
const count = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n} ${many}`);

/** What a check of the bucket says to a reader. A demo on one machine speaks plain HTTP to its own storage, and says so. */
function ofBucket(input: EvidenceInput, id: PromiseId): Evidence[] {
  return input.bucket
    .filter(({ promises }) => promises.includes(id))
    .map((check) => {
      if (check.ok === null) return { state: 'unknown', sentence: check.found };
      if (check.ok) return kept(check.found);
      const isDemoPolicy = input.portal.isDemo && (check.id === 'tls-policy' || check.id === 'encryption-policy');
      return isDemoPolicy ? { state: 'demo', sentence: `${check.found} This is a demo, whose storage listens on this machine alone.` } : broken(check.found);
    });
}

function ageOf(iso: string, now: Date): string {
  const hours = Math.max(0, Math.floor((now.getTime() - new Date(iso).getTime()) / 3_600_000));
  return hours < 48 ? count(hours, 'hour', 'hours') : count(Math.floor(hours / 24), 'day', 'days');
}

function sweepEvidence({ now, ledger }: EvidenceInput): Evidence {
  if (!ledger) return UNREAD;
  if (!ledger.lastSweep) return { state: 'unknown', sentence: 'The sweeper has not run yet.' };
  const { endedAt, objects, failed } = ledger.lastSweep;
  const minutes = Math.floor((now.getTime() - new Date(endedAt).getTime()) / 60_000);
  const when = minutes < 1 ? 'less than a minute ago' : `${count(minutes, 'minute', 'minutes')} ago`;
  const what = `it deleted ${count(objects, 'object', 'objects')}${objects > 0 ? ' and saw them to be absent' : ''}; ${count(ledger.deletedToday, 'object', 'objects')} in the last 24 hours`;
  if (now.getTime() - new Date(endedAt).getTime() > LATE_SWEEP_MS) return broken(`The last sweep ended ${when}, which is too long ago.`);
  return failed > 0 ? broken(`The last sweep, ${when}, could not delete everything that was due.`) : kept(`The last sweep ended ${when}: ${what}.`);
}

function heldEvidence({ now, ledger }: EvidenceInput, subject: keyof LedgerFacts['held'], one: string, many: string): Evidence[] {
  if (!ledger) return [UNREAD];
  const { oldestAt, overdue, days } = ledger.held[subject];
  const period = fact(`Kept for ${count(days, 'day', 'days')} at most in this portal.`);
  if (overdue > 0) return [broken(`${count(overdue, one, many)} should have been erased already.`), period];
  return [kept(oldestAt === null ? `No ${one} is held just now.` : `The oldest ${one} has been held for ${ageOf(oldestAt, now)}. None is past its date.`), period];
}

function erasureEvidence({ ledger }: EvidenceInput): Evidence[] {
  if (!ledger) return [UNREAD];
  // How many there were is nobody's business but their customers'.
  const { done, open, late, slowestSeconds } = ledger.erasure;
  if (late > 0) return [broken(`${count(late, 'erasure was', 'erasures were')} ordered more than 5 minutes ago and ${late === 1 ? 'is' : 'are'} not finished.`)];
  const past = done === 0 ? 'No erasure was ordered yet.' : `Every erasure that was ordered was carried out and certified; the slowest of the last 30 days took ${count(slowestSeconds ?? 0, 'second', 'seconds')}.`;
  return [kept(open > 0 ? `${past} The latest is under way.` : past)];
}

function forReader({ ledger }: EvidenceInput, key: 'extensions' | 'sharing' | 'rawAccess', none: string, one: string, many: string): Evidence[] {
  const number = ledger?.mine?.[key];
  if (number === undefined) return [];
  return [fact(number === 0 ? none : `${count(number, one, many)} in force for your organisation. The page of each case lists them.`)];
}

type Gather = (input: EvidenceInput) => readonly Evidence[];

const BUILT = {
  push: fact('The portal has no function that reaches a customer\'s machine: its only ways in are the pages, the HTTP contract and the scripts, which send the files that you name.'),
  purpose: fact('Each file belongs to one case, and nothing in the portal reads across cases: every question to its database names the case it is for.'),
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
    input.ledger ? holds(input.ledger.unapproved.rawAccess === 0, 'No raw data can be reached without an approval that is recorded.', 'Raw data can be reached without an approval.') : UNREAD,
    fact(input.portal.needsSecondPerson ? 'Each access needs a second person who approves it.' : 'The vendor has switched off that a second person approves each access.'),
    ...forReader(input, 'rawAccess', 'Nobody can reach raw data of your organisation just now.', 'access to raw data is', 'accesses to raw data are'),
  ],
  'P-RAW-7': (input) => [...heldEvidence(input, 'raw_file', 'file', 'files'), sweepEvidence(input), ...ofBucket(input, 'P-RAW-7')],
  'P-AUTO-30': (input) => heldEvidence(input, 'analysis_output', 'output', 'outputs'),
  'P-MANUAL-1': (input) => heldEvidence(input, 'manual_output', 'output', 'outputs'),
  'P-EXTEND': (input) => [
    input.ledger ? holds(input.ledger.unannouncedExtensions === 0, 'No extension counts whose notice was not handed to mail.', `${count(input.ledger.unannouncedExtensions, 'extension counts', 'extensions count')} without a notice.`) : UNREAD,
    ...forReader(input, 'extensions', 'No extension is in force for your organisation.', 'extension is', 'extensions are'),
  ],
  'P-MIN': (input) => [input.ledger ? holds(input.ledger.requestsWithoutPurpose === 0, 'Every request for a file says what it is for.', 'A request for a file does not say what it is for.') : UNREAD],
  'P-PURPOSE': () => [BUILT.purpose],
  'P-NOCOPY': () => [BUILT.nocopy],
  'P-SHARE': (input) => [
    input.ledger ? holds(input.ledger.unapproved.sharing === 0, 'Nothing is shared that a customer has not approved.', 'Something is shared that no customer has approved.') : UNREAD,
    ...forReader(input, 'sharing', 'Nothing of your organisation is shared just now.', 'sharing is', 'sharings are'),
  ],
  'P-ERASE': erasureEvidence,
  'P-NDA': () => [BUILT.nda],
  'P-LOGS': ({ portal }) => [
    portal.logsPrivate === null ? { state: 'unknown', sentence: 'The folder of the logs could not be read just now.' } : holds(portal.logsPrivate, 'The portal\'s logs can be read by its own account alone.', 'The portal\'s logs can be read by other accounts of its machine.'),
    fact(`Level ${portal.logLevel.toUpperCase()}; kept for ${count(portal.logDays, 'day', 'days')}. They hold pseudonyms, ids and codes.`),
  ],
};

/** The evidence for one promise, from what was read just now. Pure; says nothing about a person, an organization by name, or a file. */
export function evidenceFor(id: PromiseId, input: EvidenceInput): readonly Evidence[] {
  return GATHER[id](input);
}
