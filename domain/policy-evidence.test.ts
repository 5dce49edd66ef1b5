import { describe, expect, it } from 'vitest';
import { type BucketFacts, checkBucket, type Reading } from './bucket-checks';
import { evidenceFor, type EvidenceInput, type LedgerFacts } from './policy-evidence';
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
const none = { count: 0, oldestAt: null, overdue: 0 };

const LEDGER: LedgerFacts = {
  lastSweep: { endedAt: ago(0.5), objects: 3, failed: 0 },
  deletedToday: 12,
  held: { raw_file: { count: 2, oldestAt: ago(60 * 50), overdue: 0, days: 7 }, analysis_output: { ...none, days: 30 }, manual_output: { ...none, days: 1 } },
  unannouncedExtensions: 0,
  erasure: { done: 4, open: 0, late: 0, slowestSeconds: 9 },
  mine: { extensions: 1, sharing: 0, rawAccess: 0 },
  unapproved: { sharing: 0, rawAccess: 0 },
  requestsWithoutPurpose: 0,
};
const PORTAL: EvidenceInput['portal'] = { isHttps: true, isDemo: false, logLevel: 'info', logDays: 30, logsPrivate: true, needsSecondPerson: true };

function input({ facts = {}, ledger = {}, portal = {} }: { facts?: Partial<BucketFacts>; ledger?: Partial<LedgerFacts> | null; portal?: Partial<EvidenceInput['portal']> } = {}): EvidenceInput {
  return { now, bucket: checkBucket({ ...FACTS, ...facts }, expected), ledger: ledger === null ? null : { ...LEDGER, ...ledger }, portal: { ...PORTAL, ...portal } };
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
    ['P-RAW-7', { ledger: { held: { ...LEDGER.held, raw_file: { count: 2, oldestAt: ago(99_999), overdue: 1, days: 7 } } } }],
    ['P-RAW-7', { ledger: { lastSweep: { endedAt: ago(11), objects: 0, failed: 0 } } }],
    ['P-RAW-7', { ledger: { lastSweep: { endedAt: ago(1), objects: 0, failed: 2 } } }],
    ['P-AUTO-30', { ledger: { held: { ...LEDGER.held, analysis_output: { count: 1, oldestAt: ago(1), overdue: 1, days: 30 } } } }],
    ['P-MANUAL-1', { ledger: { held: { ...LEDGER.held, manual_output: { count: 1, oldestAt: ago(1), overdue: 1, days: 1 } } } }],
    ['P-LIMITED', { facts: { publicAccessBlocked: read<boolean>(null) } }],
    ['P-LIMITED', { ledger: { unapproved: { sharing: 0, rawAccess: 1 } } }],
    ['P-SHARE', { ledger: { unapproved: { sharing: 1, rawAccess: 0 } } }],
    ['P-EXTEND', { ledger: { unannouncedExtensions: 1 } }],
    ['P-ERASE', { ledger: { erasure: { done: 0, open: 0, late: 1, slowestSeconds: null } } }],
    ['P-MIN', { ledger: { requestsWithoutPurpose: 1 } }],
    ['P-TRANSIT', { portal: { isHttps: false } }],
    ['P-TRANSIT', { facts: { cors: read([{ origins: ['*'], methods: ['PUT'], headers: ['*'], exposed: ['*'] }]) } }],
    ['P-LOGS', { portal: { logsPrivate: false } }],
  ])('shows %s red where it is not kept', (id, given) => {
    expect(states(input(given))).toEqual([`${id} broken`]);
  });

  it('says what could not be read, and takes nothing for kept that was not seen', () => {
    const given = input({ facts: { encryption: { read: false, code: 'AccessDenied' } }, ledger: null });
    expect(stateOf('P-REST', given)).toBe('unknown');
    for (const id of ['P-RAW-7', 'P-SHARE', 'P-EXTEND', 'P-ERASE', 'P-MIN'] as const) expect(stateOf(id, given)).toBe('unknown');
  });

  it('says of a demo what a demo is, and hides nothing else behind it', () => {
    const demo = { isDemo: true, isHttps: false };
    expect(states(input({ facts: { policy: read<never>(null) }, portal: demo }))).toEqual(['P-TRANSIT demo', 'P-REST demo']);
    expect(stateOf('P-REST', input({ facts: { policy: read<never>(null), encryption: read<string>(null) }, portal: demo }))).toBe('broken');
  });

  it('tells a reader of an organization what is in force for it, and others nothing', () => {
    const sentences = (given: EvidenceInput) => evidenceFor('P-EXTEND', given).map(({ sentence }) => sentence).join(' ');
    expect(sentences(input())).toContain('1 extension is in force for your organisation');
    expect(sentences(input({ ledger: { mine: null } }))).not.toContain('organisation');
  });
});
