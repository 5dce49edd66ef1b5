import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BucketCheckId, type BucketFacts, checkBucket } from '@/domain/bucket-checks';
import { parseBucketPolicy } from '@/server/storage/parse-bucket-policy';

/** The CloudFormation template of deploy/, held against the same checks as a live bucket by `npm run doctor`. */
const PARAMETERS: Record<string, string | number> = { BucketName: 'airlock-diagnostics', PortalOrigin: 'https://data.example.com', BackstopDays: 22, TrustedService: 'ec2.amazonaws.com', 'AWS::Region': 'eu-west-1' };
const expected = { bucket: 'airlock-diagnostics', region: 'eu-west-1', portalOrigin: 'https://data.example.com', backstopDays: 22 };

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Template = { Parameters: Record<string, { Default?: Json }>; Resources: Record<string, { Type: string; Properties: Record<string, Json> }> };

function readTemplate(): Template {
  return JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../deploy/storage.template.json'), 'utf8')) as Template;
}

/** Puts the parameters in, as CloudFormation does with Ref and Fn::Sub. */
function resolve(value: Json): Json {
  if (Array.isArray(value)) return value.map(resolve);
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.Ref === 'string') return PARAMETERS[value.Ref] ?? value.Ref;
  const sub = value['Fn::Sub'];
  if (typeof sub === 'string') return sub.replace(/\$\{([\w:]+)\}/g, (_, name: string) => String(PARAMETERS[name]));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolve(member)]));
}

const bucketSchema = z.object({
  BucketEncryption: z.object({ ServerSideEncryptionConfiguration: z.tuple([z.object({ ServerSideEncryptionByDefault: z.object({ SSEAlgorithm: z.string() }) })]) }).optional(),
  VersioningConfiguration: z.object({ Status: z.string() }).optional(),
  PublicAccessBlockConfiguration: z.record(z.string(), z.boolean()).optional(),
  CorsConfiguration: z.object({ CorsRules: z.array(z.object({ AllowedOrigins: z.array(z.string()), AllowedMethods: z.array(z.string()), AllowedHeaders: z.array(z.string()), ExposedHeaders: z.array(z.string()) })) }).optional(),
  LifecycleConfiguration: z.object({ Rules: z.array(z.object({ Status: z.string(), Prefix: z.string().optional(), ExpirationInDays: z.number().optional(), NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.number() }).optional() })) }).optional(),
});

/** What S3 would say of the bucket that the template makes. */
function factsOf(template: Template): BucketFacts {
  const bucket = bucketSchema.parse(resolve(template.Resources.Bucket?.Properties ?? {}));
  const policy = template.Resources.BucketPolicy && resolve(template.Resources.BucketPolicy.Properties.PolicyDocument ?? null);
  const read = <Value>(value: Value | null | undefined) => ({ read: true as const, value: value ?? null });
  return {
    region: read('eu-west-1'),
    encryption: read(bucket.BucketEncryption?.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm),
    versioning: read(bucket.VersioningConfiguration?.Status),
    publicAccessBlocked: read(Object.values(bucket.PublicAccessBlockConfiguration ?? {}).filter(Boolean).length === 4),
    policy: read(policy ? parseBucketPolicy(JSON.stringify(policy)) : null),
    cors: read(bucket.CorsConfiguration?.CorsRules.map((rule) => ({ origins: rule.AllowedOrigins, methods: rule.AllowedMethods, headers: rule.AllowedHeaders, exposed: rule.ExposedHeaders }))),
    lifecycle: read(bucket.LifecycleConfiguration?.Rules.map((rule) => ({ enabled: rule.Status === 'Enabled', wholeBucket: !rule.Prefix, days: rule.ExpirationInDays ?? null, noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays ?? null }))),
  };
}

const failing = (template: Template): BucketCheckId[] => checkBucket(factsOf(template), expected).filter(({ ok }) => ok !== true).map(({ id }) => id);

/** What the template loses, and the check that has to notice. */
const LOSSES: readonly (readonly [BucketCheckId, (template: Template) => void])[] = [
  ['encryption', ({ Resources }) => delete Resources.Bucket?.Properties.BucketEncryption],
  ['versioning', ({ Resources }) => delete Resources.Bucket?.Properties.VersioningConfiguration],
  ['public-access', ({ Resources }) => delete Resources.Bucket?.Properties.PublicAccessBlockConfiguration],
  ['cors', ({ Resources }) => delete Resources.Bucket?.Properties.CorsConfiguration],
  ['lifecycle', ({ Resources }) => delete Resources.Bucket?.Properties.LifecycleConfiguration],
];

function statementsOf(template: Template): { [key: string]: Json }[] {
  const document = template.Resources.BucketPolicy?.Properties.PolicyDocument as { Statement: { [key: string]: Json }[] };
  return document.Statement;
}

function actionsOf(role: string): string[] {
  const policies = readTemplate().Resources[role]?.Properties.Policies as { PolicyDocument: { Statement: { Effect: string; Action: string[]; Resource: Json }[] } }[];
  const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  for (const { Resource } of statements) expect(String(resolve(Resource))).toMatch(/^arn:aws:s3:::airlock-diagnostics(\/\*)?$/);
  return statements.flatMap(({ Action }) => Action);
}

/** S3 answers 404 and not 403 for what is not there only to those who may list the bucket (HeadObject). */
const LOOK = ['s3:GetObject', 's3:ListBucket'];
/** What each call needs of the web processes and of the worker (Amazon S3, "Required permissions for Amazon S3 API operations"). A deleted version is always named by the web processes. */
const RIGHTS: Readonly<Record<string, readonly [web: readonly string[], worker: readonly string[]]>> = {
  PutObject: [['s3:PutObject'], []],
  HeadObject: [LOOK, LOOK],
  GetObject: [['s3:GetObject', 's3:GetObjectVersion'], ['s3:GetObject', 's3:GetObjectVersion']],
  DeleteObject: [['s3:DeleteObjectVersion'], ['s3:DeleteObject', 's3:DeleteObjectVersion']],
  DeleteObjects: [[], ['s3:DeleteObject', 's3:DeleteObjectVersion']],
  ListObjectVersions: [[], ['s3:ListBucketVersions']],
  HeadBucket: [['s3:ListBucket'], []],
  GetBucketLocation: [['s3:GetBucketLocation'], ['s3:GetBucketLocation']],
  GetBucketVersioning: [['s3:GetBucketVersioning'], ['s3:GetBucketVersioning']],
  GetBucketEncryption: [['s3:GetEncryptionConfiguration'], []],
  GetPublicAccessBlock: [['s3:GetBucketPublicAccessBlock'], []],
  GetBucketPolicy: [['s3:GetBucketPolicy'], []],
  GetBucketCors: [['s3:GetBucketCORS'], []],
  GetBucketLifecycleConfiguration: [['s3:GetLifecycleConfiguration'], []],
};

/** The commands of S3 in server/, but for those that set up the bucket of a demo. */
function calledCommands(): string[] {
  const root = path.resolve(import.meta.dirname, '..', 'server');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && path.basename(file) !== 'configure-bucket.ts');
  return [...new Set(files.flatMap((file) => [...readFileSync(path.join(root, file), 'utf8').matchAll(/new ([A-Z]\w+)Command\(/g)].map(([, command]) => String(command))))];
}

describe('the template of the bucket', () => {
  it('makes a bucket that passes every check of the doctor', () => {
    expect(failing(readTemplate())).toEqual([]);
  });

  it.each(LOSSES)('is noticed to be wrong without what "%s" needs', (id, lose) => {
    const template = readTemplate();
    lose(template);
    expect(failing(template)).toEqual([id]);
  });

  it.each(['tls-policy', 'encryption-policy'] as const)('is noticed to be wrong without the statement of "%s", and with one that is narrowed', (id) => {
    const at = id === 'tls-policy' ? 0 : 1;
    const without = readTemplate();
    statementsOf(without).splice(at, 1);
    expect(failing(without)).toEqual([id]);
    const spoilt: ((statement: { [key: string]: Json }) => void)[] = [
      (statement) => (statement.Effect = 'Allow'),
      (statement) => (statement.Principal = { AWS: 'arn:aws:iam::123456789012:root' }),
      (statement) => (statement.Action = 's3:GetObject'),
      (statement) => (statement.Resource = 'arn:aws:s3:::another/*'),
      (statement) => (statement.Condition = { ...(statement.Condition as object), IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }),
      (statement) => (statement.Condition = {}),
    ];
    for (const spoil of spoilt) {
      const narrowed = readTemplate();
      const statement = statementsOf(narrowed)[at];
      if (statement) spoil(statement);
      expect(failing(narrowed)).toEqual([id]);
    }
  });

  it('gives nobody more than their work: the web processes delete single versions that they refuse and list none, the worker cannot write', () => {
    expect(actionsOf('WebRole').filter((action) => /Delete|Versions|\*/.test(action))).toEqual(['s3:DeleteObjectVersion']);
    expect(actionsOf('WorkerRole').filter((action) => /Put|\*/.test(action))).toEqual([]);
  });

  it('gives web and worker the right to every call of S3 that the code has, and to no other', () => {
    expect(calledCommands().filter((command) => !(command in RIGHTS))).toEqual([]);
    expect(Object.keys(RIGHTS).filter((command) => !calledCommands().includes(command))).toEqual([]);
    for (const [role, at] of [['WebRole', 0], ['WorkerRole', 1]] as const) {
      expect([...new Set(actionsOf(role))].sort()).toEqual([...new Set(Object.values(RIGHTS).flatMap((rights) => rights[at]))].sort());
    }
  });

  it('can be made in eu-west-1 alone', () => {
    expect(JSON.stringify(readTemplate())).toContain('"Fn::Equals":[{"Ref":"AWS::Region"},"eu-west-1"]');
  });
});
