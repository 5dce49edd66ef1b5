import { describe, expect, it } from 'vitest';
import { type BucketFacts, checkBucket, type Reading } from './bucket-checks';
import { evidenceFor, type EvidenceInput, type LedgerFacts, type LogFacts, type ReaderFacts } from './policy-evidence';
import { type EvidenceState, PROMISE_IDS, type PromiseId, worstState } from './promises';

const now = new Date('2026-11-27T12:00:00.000Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const read = <Value>(value: Value | null): Reading<Value> => ({ read: true, value });
const bucket = 'b';
const deny = (action: string, resources: string[], condition: Record<string, Record<string, string>>) => ({ effect: 'Deny', principals: ['*'], actions: [action], resources, condition });

const FACTS: BucketFacts = {
  region: read('eu-west-1'),
  encryption: read('AES256'),
  versioning: read('Enabled'),
  publicAccessBlocked: read(true),
  policy: read([
    deny('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'], { Bool: { 'aws:SecureTransport': 'false' } }),
    deny('s3:PutObject', ['arn:aws:s3:::b/*'], { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } }),
  ]),
  cors: read([{ origins: ['https://data.example.com'], methods: ['PUT'], headers: ['*'], exposed: ['ETag', 'x-amz-checksum-sha256', 'x-amz-version-id'] }]),
  lifecycle: read([{ enabled: true, wholeBucket: true, days: 8, noncurrentDays: 1 }]),
};
const expected = { bucket, region: 'eu-west-1', portalOrigin: 'https://data.example.com', backstopDays: 8 };
const NONE = { raw_file: 0, analysis_output: 0, manual_output: 0 };
const LEDGER: LedgerFacts = {
  lastSweep: { endedAt: ago(0.5), objects: 3, failed: 0 },
  sweptAhead: false,
  oldestObjectAt: ago(60 * 75),
  deletedToday: 12,
  held: { raw_file: { oldestAt: ago(60 * 50), overdue: 0, days: 7 }, analysis_output: { oldestAt: null, overdue: 0, days: 30 }, manual_output: { oldestAt: null, overdue: 0, days: 1 } },
  withoutClock: NONE,
  bucketCompared: { endedAt: ago(3), overdue: 0, remains: 0 },
  datesMovedUntold: 0,
  erasure: { done: 4, open: 0, late: 0, unproven: 0, slowestSeconds: 9 },
  sharedUnapproved: 0,
  rawReadUntold: 0,
  grantedAlone: 0,
  requestsWithoutPurpose: 0,
};
const LOGS: LogFacts = { level: 'info', isPrivate: true, keptDays: 30, oldestDay: '2026-10-28', areArchivesEncrypted: false, plainArchives: 3 };
const PORTAL: EvidenceInput['portal'] = { isHttps: true, isDemo: false, isStorageHere: false, needsSecondPerson: true };

type Given = { facts?: Partial<BucketFacts>; ledger?: Partial<LedgerFacts> | null; reader?: ReaderFacts | null; logs?: Partial<LogFacts> | null; portal?: Partial<EvidenceInput['portal']> };
function input({ facts = {}, ledger = {}, reader = { extensions: 1, sharing: 0, rawAccess: 0 }, logs = {}, portal = {} }: Given = {}): EvidenceInput {
  return { now, bucket: checkBucket({ ...FACTS, ...facts }, expected), ledger: ledger && { ...LEDGER, ...ledger }, reader, logs: logs && { ...LOGS, ...logs }, portal: { ...PORTAL, ...portal } };
}
const stateOf = (id: PromiseId, given: EvidenceInput): EvidenceState => worstState(evidenceFor(id, given).map(({ state }) => state));
const states = (given: EvidenceInput) => PROMISE_IDS.filter((id) => !['kept', 'fact'].includes(stateOf(id, given))).map((id) => `${id} ${stateOf(id, given)}`);

describe('the evidence beside a promise', () => {
  it('is there for every promise, and none is red where all is as it should be', () => {
    for (const id of PROMISE_IDS) expect(evidenceFor(id, input()).length, id).toBeGreaterThan(0);
    expect(states(input())).toEqual([]);
  });

  it.each<[PromiseId, Parameters<typeof input>[0]]>([
    ['P-REGION', { facts: { region: read('us-east-1') } }],
    ['P-REST', { facts: { encryption: read('aws:kms') } }],
    ['P-REST', { facts: { policy: read([FACTS.policy.read && FACTS.policy.value?.[0]].filter((one) => one !== undefined && one !== false && one !== null)) } }],
    ['P-RAW-7', { facts: { versioning: read('Suspended') } }],
    ['P-RAW-7', { facts: { lifecycle: read([{ enabled: true, wholeBucket: false, days: 8, noncurrentDays: 1 }]) } }],
    ['P-RAW-7', { facts: { lifecycle: read([{ enabled: false, wholeBucket: true, days: 8, noncurrentDays: 1 }]) } }],
    ['P-RAW-7', { ledger: { held: { ...LEDGER.held, raw_file: { oldestAt: ago(99_999), overdue: 1, days: 7 } } } }],
    ['P-RAW-7', { ledger: { lastSweep: { endedAt: ago(5), objects: 0, failed: 0 } } }],
    ['P-RAW-7', { ledger: { lastSweep: { endedAt: ago(1), objects: 0, failed: 2 } } }],
    ['P-AUTO-30', { ledger: { held: { ...LEDGER.held, analysis_output: { oldestAt: ago(1), overdue: 1, days: 30 } } } }],
    ['P-MANUAL-1', { ledger: { held: { ...LEDGER.held, manual_output: { oldestAt: ago(1), overdue: 1, days: 1 } } } }],
    ['P-LIMITED', { facts: { publicAccessBlocked: read<boolean>(null) } }],
    ['P-RAW-7', { ledger: { withoutClock: { ...NONE, raw_file: 1 } } }],
    ['P-AUTO-30', { ledger: { withoutClock: { ...NONE, analysis_output: 1 } } }],
    ['P-MANUAL-1', { ledger: { withoutClock: { ...NONE, manual_output: 2 } } }],
    ['P-RAW-7', { ledger: { bucketCompared: { endedAt: ago(3), overdue: 1, remains: 0 } } }],
    ['P-RAW-7', { ledger: { bucketCompared: { endedAt: ago(3), overdue: 0, remains: 1 } } }],
    ['P-LIMITED', { ledger: { rawReadUntold: 1 } }],
    ['P-LIMITED', { ledger: { grantedAlone: 1 } }],
    ['P-SHARE', { ledger: { sharedUnapproved: 1 } }],
    ['P-EXTEND', { ledger: { datesMovedUntold: 1 } }],
    ['P-ERASE', { ledger: { erasure: { done: 0, open: 0, late: 1, unproven: 0, slowestSeconds: null } } }],
    ['P-ERASE', { ledger: { erasure: { done: 4, open: 0, late: 0, unproven: 1, slowestSeconds: 9 } } }],
    ['P-MIN', { ledger: { requestsWithoutPurpose: 1 } }],
    ['P-TRANSIT', { portal: { isHttps: false } }],
    ['P-TRANSIT', { facts: { cors: read([{ origins: ['*'], methods: ['PUT'], headers: ['*'], exposed: ['*'] }]) } }],
    ['P-LOGS', { logs: { isPrivate: false } }],
    ['P-LOGS', { logs: { oldestDay: '2026-10-26' } }],
    ['P-LOGS', { logs: { level: 'debug' } }],
  ])('shows %s red where it is not kept', (id, given) => {
    expect(states(input(given))).toEqual([`${id} broken`]);
  });

  it('says what could not be read, and takes nothing for kept that was not seen', () => {
    const given = input({ facts: { encryption: { read: false, code: 'AccessDenied' } }, ledger: null, logs: null });
    expect(stateOf('P-REST', given)).toBe('unknown');
    for (const id of ['P-LIMITED', 'P-LOGS', 'P-RAW-7', 'P-SHARE', 'P-EXTEND', 'P-ERASE', 'P-MIN'] as const) expect(stateOf(id, given)).toBe('unknown');
  });

  it('does not know what lies in a bucket that was not compared for an hour, and waits for the first time', () => {
    expect(stateOf('P-RAW-7', input({ ledger: { bucketCompared: { endedAt: ago(60), overdue: 0, remains: 0 } } }))).toBe('unknown');
    expect(stateOf('P-RAW-7', input({ ledger: { bucketCompared: { endedAt: null, overdue: 0, remains: 0 } } }))).toBe('kept');
  });

  it('does not know whether dates are kept where a clock was set back', () => {
    expect(states(input({ ledger: { sweptAhead: true } }))).toEqual(['P-RAW-7 unknown']);
  });

  it('says how old the oldest object is, which may be older than any file that is complete', () => {
    const words = evidenceFor('P-RAW-7', input()).map(({ sentence }) => sentence).join(' ');
    expect(words).toContain('The oldest file has been held for 2 days.');
    expect(words).toContain('those of unfinished uploads among them, was stored 3 days ago.');
    expect(evidenceFor('P-RAW-7', input({ ledger: { oldestObjectAt: ago(20) } })).map(({ sentence }) => sentence).join(' ')).toContain('was stored less than an hour ago.');
  });

  it('says of a demo what a demo is, and hides nothing else behind it', () => {
    const demo = { isDemo: true, isHttps: false, isStorageHere: true };
    expect(states(input({ facts: { policy: read<never>(null) }, portal: demo }))).toEqual(['P-TRANSIT demo', 'P-REST demo', 'P-REGION demo']);
    expect(stateOf('P-REST', input({ facts: { policy: read<never>(null), encryption: read<string>(null) }, portal: demo }))).toBe('broken');
  });

  it('believes no storage on this machine that it lies in eu-west-1 or encrypts', () => {
    const demo = input({ portal: { isDemo: true, isStorageHere: true } });
    for (const id of ['P-REGION', 'P-REST'] as const) expect(stateOf(id, demo)).toBe('demo');
    const elsewhere = input({ facts: { policy: read<never>(null) }, portal: { isDemo: true } });
    expect([stateOf('P-REGION', elsewhere), stateOf('P-REST', elsewhere), stateOf('P-TRANSIT', elsewhere)]).toEqual(['kept', 'broken', 'broken']);
  });

  it('says that the second person is switched off where nobody but who asks decides', () => {
    const given = input({ ledger: { grantedAlone: 1 }, portal: { needsSecondPerson: false } });
    expect(evidenceFor('P-LIMITED', given).map(({ sentence }) => sentence).join(' ')).toContain('switched off');
    expect(stateOf('P-LIMITED', given)).toBe('kept');
  });

  it('says nothing of how long an erasure took where none was in the last days', () => {
    const [erased] = evidenceFor('P-ERASE', input({ ledger: { erasure: { done: 4, open: 0, late: 0, unproven: 0, slowestSeconds: null } } }));
    expect(erased?.sentence).not.toContain('second');
  });

  it('tells a reader of an organization what is in force for it, and others nothing', () => {
    const sentences = (given: EvidenceInput) => evidenceFor('P-EXTEND', given).map(({ sentence }) => sentence).join(' ');
    expect(sentences(input())).toContain('1 extension is in force for your organisation');
    expect(sentences(input({ reader: null }))).not.toContain('organisation');
  });
});
