import { type PromiseId } from './promises';

/** What was read, null where the bucket has no such setting; or that it could not be read, with S3's code. */
export type Reading<Value> = { readonly read: true; readonly value: Value | null } | { readonly read: false; readonly code: string };

export type PolicyStatement = { readonly effect: string; readonly principals: readonly string[]; readonly actions: readonly string[]; readonly resources: readonly string[]; readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
export type CorsFacts = { readonly origins: readonly string[]; readonly methods: readonly string[]; readonly headers: readonly string[]; readonly exposed: readonly string[] };
/** `days` is the expiration of current objects. */
export type LifecycleFacts = { readonly enabled: boolean; readonly wholeBucket: boolean; readonly days: number | null; readonly noncurrentDays: number | null };

/** The settings of the bucket, as S3 gives them. */
export type BucketFacts = {
  readonly region: Reading<string>;
  /** Default encryption: `AES256` is SSE-S3. */
  readonly encryption: Reading<string>;
  readonly versioning: Reading<string>;
  /** True where all four settings of the public access block are on. */
  readonly publicAccessBlocked: Reading<boolean>;
  readonly policy: Reading<readonly PolicyStatement[]>;
  readonly cors: Reading<readonly CorsFacts[]>;
  readonly lifecycle: Reading<readonly LifecycleFacts[]>;
};

export type BucketCheckId = 'region' | 'encryption' | 'encryption-policy' | 'tls-policy' | 'versioning' | 'public-access' | 'cors' | 'lifecycle';

/** `ok` is null where it could not be read. `found` and `remedy` are complete sentences; `remedy` is for the operator. */
export type BucketCheck = { readonly id: BucketCheckId; readonly promises: readonly PromiseId[]; readonly ok: boolean | null; readonly found: string; readonly remedy: string };

/** `backstopDays`: by how many days after it was stored the bucket itself has to delete what the portal did not. */
export type BucketExpectation = { readonly bucket: string; readonly region: string; readonly portalOrigin: string; readonly backstopDays: number };

type Verdict = { readonly ok: boolean; readonly found: string };
type Rule = { readonly id: BucketCheckId; readonly promises: readonly PromiseId[]; readonly remedy: string };

function judge<Value>(rule: Rule, reading: Reading<Value>, verdict: (value: Value | null) => Verdict): BucketCheck {
  if (!reading.read) return { ...rule, ok: null, found: `It could not be read from the bucket (${reading.code}).` };
  return { ...rule, ...verdict(reading.value) };
}

const asText = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)]);

/** True where the statement denies everybody `action` on all that `resources` names. */
function deniesEverybody(statement: PolicyStatement, action: string, resources: readonly string[]): boolean {
  const covers = (pattern: string, wanted: string) => pattern === '*' || pattern === wanted;
  return (
    statement.effect === 'Deny' &&
    statement.principals.includes('*') &&
    statement.actions.some((given) => given === 's3:*' || covers(given, action)) &&
    resources.every((wanted) => statement.resources.some((given) => covers(given, wanted)))
  );
}

/** A condition of exactly one test, so that nothing else narrows what is denied. */
function isOnly(statement: PolicyStatement, operator: string, key: string, value: string): boolean {
  const operators = Object.entries(statement.condition);
  const tests = Object.entries(operators[0]?.[1] ?? {});
  const [name, given] = tests[0] ?? [];
  return operators.length === 1 && operators[0]?.[0] === operator && tests.length === 1 && name?.toLowerCase() === key.toLowerCase() && asText(given).join() === value;
}

function policyChecks({ policy }: BucketFacts, { bucket }: BucketExpectation): BucketCheck[] {
  const objects = `arn:aws:s3:::${bucket}/*`;
  const all = [`arn:aws:s3:::${bucket}`, objects];
  const has = (value: readonly PolicyStatement[] | null, test: (statement: PolicyStatement) => boolean) => value?.some(test) ?? false;
  return [
    judge(
      { id: 'tls-policy', promises: ['P-TRANSIT'], remedy: 'Give the bucket a policy statement that denies "*" the action s3:* on the bucket and its objects where aws:SecureTransport is "false" (deploy/storage.template.json).' },
      policy,
      (value) => (has(value, (statement) => deniesEverybody(statement, 's3:*', all) && isOnly(statement, 'Bool', 'aws:SecureTransport', 'false')) ? { ok: true, found: 'The bucket\'s policy refuses plain HTTP.' } : { ok: false, found: 'The bucket\'s policy does not refuse plain HTTP.' }),
    ),
    judge(
      { id: 'encryption-policy', promises: ['P-REST'], remedy: 'Give the bucket a policy statement that denies "*" the action s3:PutObject on its objects where s3:x-amz-server-side-encryption is not AES256 (deploy/storage.template.json).' },
      policy,
      (value) => (has(value, (statement) => deniesEverybody(statement, 's3:PutObject', [objects]) && isOnly(statement, 'StringNotEquals', 's3:x-amz-server-side-encryption', 'AES256')) ? { ok: true, found: 'The bucket\'s policy refuses an upload that does not ask for AES-256.' } : { ok: false, found: 'The bucket\'s policy does not refuse an upload without AES-256.' }),
    ),
  ];
}

/** The headers that the contract signs and that a browser has to be allowed to send (docs/design.md, section 4). */
const SIGNED_HEADERS = ['content-type', 'if-none-match', 'x-amz-checksum-sha256', 'x-amz-server-side-encryption'];
const READ_HEADERS = ['etag', 'x-amz-checksum-sha256', 'x-amz-version-id'];

function corsVerdict(rules: readonly CorsFacts[] | null, origin: string): Verdict {
  const has = (given: readonly string[], wanted: readonly string[]) => given.includes('*') || wanted.every((header) => given.map((name) => name.toLowerCase()).includes(header));
  const foreign = (rules ?? []).flatMap(({ origins }) => origins).filter((given) => given !== origin && !isLoopback(given, origin));
  if (foreign.length > 0) return { ok: false, found: 'Pages of other origins than the portal\'s may reach the bucket.' };
  if ((rules ?? []).some(({ methods }) => methods.some((method) => method !== 'PUT'))) return { ok: false, found: 'Pages may do more with the bucket than PUT.' };
  const fits = (rules ?? []).some(({ origins, methods, headers, exposed }) => origins.includes(origin) && methods.includes('PUT') && has(headers, SIGNED_HEADERS) && has(exposed, READ_HEADERS));
  return fits ? { ok: true, found: 'Only the portal\'s pages may PUT into the bucket.' } : { ok: false, found: 'The portal\'s pages may not PUT into the bucket, or may not read its answer.' };
}

/** On one machine the portal goes by both names of loopback. */
function isLoopback(given: string, origin: string): boolean {
  const loopback = ['localhost', '127.0.0.1'];
  const one = URL.canParse(given) ? new URL(given) : null;
  const other = new URL(origin);
  return one !== null && loopback.includes(one.hostname) && loopback.includes(other.hostname) && one.port === other.port;
}

function lifecycleVerdict(rules: readonly LifecycleFacts[] | null, backstopDays: number): Verdict {
  const backstop = (rules ?? []).filter(({ enabled, wholeBucket, days }) => enabled && wholeBucket && days !== null);
  const first = Math.min(...backstop.map(({ days }) => days ?? Infinity));
  if (backstop.length === 0) return { ok: false, found: 'The bucket has no rule of its own that deletes what the portal should have deleted.' };
  if (first > backstopDays) return { ok: false, found: `The bucket's own rule deletes what the portal should have deleted only after ${first} days; ${backstopDays} are enough.` };
  if (first < backstopDays) return { ok: false, found: `The bucket's own rule deletes after ${first} days, before files that were kept longer with notice are due.` };
  const versions = backstop.some(({ noncurrentDays }) => noncurrentDays !== null && noncurrentDays <= 1);
  if (!versions) return { ok: false, found: 'The bucket\'s own rule leaves old versions behind.' };
  return { ok: true, found: `Should the portal fail, the bucket itself deletes objects ${first} days after they were stored, and their old versions a day later. It cannot tell which were kept longer with notice, so that it waits for the longest: the dates of this policy are kept by the portal, not by this.` };
}

/** Holds the settings of the bucket against what the policy promises. Pure: the same for the live bucket and for the template of deploy/. */
export function checkBucket(facts: BucketFacts, expected: BucketExpectation): BucketCheck[] {
  return [
    judge({ id: 'region', promises: ['P-REGION'], remedy: `Make a bucket in ${expected.region} and name it in S3_BUCKET: a bucket cannot be moved.` }, facts.region, (region) => ({ ok: region === expected.region, found: `The bucket itself says that it lies in ${region ?? 'no region'}.` })),
    judge({ id: 'encryption', promises: ['P-REST'], remedy: 'Set the bucket\'s default encryption to SSE-S3 (AES256).' }, facts.encryption, (value) => (value === 'AES256' ? { ok: true, found: 'The bucket encrypts each object with AES-256 by default (SSE-S3).' } : { ok: false, found: `The bucket's default encryption is ${value ?? 'off'}, and not SSE-S3.` })),
    ...policyChecks(facts, expected),
    judge({ id: 'versioning', promises: ['P-RAW-7'], remedy: 'Switch the bucket\'s versioning on: reading back is pinned to a version, and erasure lists versions.' }, facts.versioning, (value) => (value === 'Enabled' ? { ok: true, found: 'The bucket keeps versions, so that an erasure can list and delete each of them.' } : { ok: false, found: 'The bucket\'s versioning is not on.' })),
    judge({ id: 'public-access', promises: ['P-LIMITED'], remedy: 'Switch all four settings of the bucket\'s public access block on.' }, facts.publicAccessBlocked, (value) => (value ? { ok: true, found: 'All public access to the bucket is blocked.' } : { ok: false, found: 'Public access to the bucket is not blocked.' })),
    judge({ id: 'cors', promises: ['P-TRANSIT'], remedy: `Allow PUT from ${expected.portalOrigin} alone, with the headers of deploy/storage.template.json.` }, facts.cors, (rules) => corsVerdict(rules, expected.portalOrigin)),
    judge({ id: 'lifecycle', promises: ['P-RAW-7'], remedy: `Add the lifecycle rules of deploy/storage.template.json: delete after ${expected.backstopDays} days, old versions a day later.` }, facts.lifecycle, (rules) => lifecycleVerdict(rules, expected.backstopDays)),
  ];
}
