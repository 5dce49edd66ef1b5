import { S3Error } from '../errors';
import { type PublicAccessBlock } from '../store/bucket-settings';
import { booleanOf, expectChildren, parseXml } from '../xml/parse-xml';
import { element, S3_NAMESPACE } from '../xml/write-xml';
import { MAX_CONFIGURATION_BYTES } from './buckets';
import { bucketOf, type Handler, type RequestContext, xmlReply } from './context';

const MAX_POLICY_BYTES = 20 * 1024;

interface Statement {
  Effect: 'Allow' | 'Deny';
  Principal?: unknown;
  Condition?: unknown;
}

const malformed = (message: string) => new S3Error('MalformedPolicy', { message });

function parseStatements(text: string): Statement[] {
  let policy: { Version?: unknown; Statement?: unknown };
  try {
    policy = JSON.parse(text) as typeof policy;
  } catch {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  if (policy.Version !== '2012-10-17' && policy.Version !== '2008-10-17') throw malformed('The policy must contain a valid version string');
  const statements = (Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement]) as Array<Partial<Statement & { Action: unknown; Resource: unknown }> | undefined>;
  if (statements.length === 0) throw malformed('Missing required field Statement');
  for (const statement of statements) {
    if (typeof statement !== 'object' || statement === null) throw malformed('Missing required field Statement');
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw malformed('Invalid effect: Effect must be Allow or Deny');
    for (const field of ['Principal', 'Action', 'Resource'] as const) {
      if (statement[field] === undefined && !(`Not${field}` in statement)) throw malformed(`Missing required field ${field}`);
    }
  }
  return statements as Statement[];
}

/** Public as S3 means it, in a shorter form: it allows everybody something, without a condition. */
function isPublic(statements: readonly Statement[]): boolean {
  const everybody = ({ Principal }: Statement) => {
    const aws: unknown = (Principal as { AWS?: unknown } | undefined)?.AWS;
    return Principal === '*' || aws === '*' || (Array.isArray(aws) && aws.includes('*'));
  };
  return statements.some((statement) => statement.Effect === 'Allow' && statement.Condition === undefined && everybody(statement));
}

/** The policy is checked for form, kept and given back; it is not enforced: here is one account, plain HTTP, and loopback only. */
export const putBucketPolicy: Handler = async (context) => {
  const bucket = bucketOf(context);
  const body = await context.body.readAll(MAX_CONFIGURATION_BYTES);
  if (body.length === 0) throw new S3Error('MissingRequestBodyError');
  if (body.length > MAX_POLICY_BYTES) throw malformed('Policy exceeds the maximum allowed document size');
  const policy = body.toString('utf8');
  const statements = parseStatements(policy);
  if (bucket.settings.publicAccessBlock?.blockPublicPolicy && isPublic(statements)) {
    throw new S3Error('AccessDenied', { message: 'Access Denied: public policies are blocked by the BlockPublicPolicy block public access setting.' });
  }
  await bucket.changeSettings({ policy });
  return { status: 204 };
};

function policyOf(context: RequestContext): string {
  const { policy } = bucketOf(context).settings;
  if (policy === undefined) throw new S3Error('NoSuchBucketPolicy', { details: { BucketName: context.bucketName } });
  return policy;
}

export const getBucketPolicy: Handler = async (context) => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body: policyOf(context) });

export const deleteBucketPolicy: Handler = async (context) => {
  await bucketOf(context).changeSettings({ policy: undefined });
  return { status: 204 };
};

export const getBucketPolicyStatus: Handler = async (context) =>
  xmlReply(element('PolicyStatus', [element('IsPublic', isPublic(parseStatements(policyOf(context))))], S3_NAMESPACE));

const BLOCK_FIELDS: Record<keyof PublicAccessBlock, string> = {
  blockPublicAcls: 'BlockPublicAcls',
  ignorePublicAcls: 'IgnorePublicAcls',
  blockPublicPolicy: 'BlockPublicPolicy',
  restrictPublicBuckets: 'RestrictPublicBuckets',
};
const BLOCK_ENTRIES = Object.entries(BLOCK_FIELDS) as Array<[keyof PublicAccessBlock, string]>;

export const putPublicAccessBlock: Handler = async (context) => {
  const bucket = bucketOf(context);
  const root = parseXml(await context.body.readAll(MAX_CONFIGURATION_BYTES), 'PublicAccessBlockConfiguration');
  expectChildren(root, Object.values(BLOCK_FIELDS));
  const publicAccessBlock = Object.fromEntries(BLOCK_ENTRIES.map(([field, name]) => [field, booleanOf(root, name) ?? false])) as unknown as PublicAccessBlock;
  await bucket.changeSettings({ publicAccessBlock });
  return { status: 200 };
};

export const getPublicAccessBlock: Handler = async (context) => {
  const block = bucketOf(context).settings.publicAccessBlock;
  if (block === undefined) throw new S3Error('NoSuchPublicAccessBlockConfiguration', { details: { BucketName: context.bucketName } });
  return xmlReply(element('PublicAccessBlockConfiguration', BLOCK_ENTRIES.map(([field, name]) => element(name, block[field])), S3_NAMESPACE));
};

export const deletePublicAccessBlock: Handler = async (context) => {
  await bucketOf(context).changeSettings({ publicAccessBlock: undefined });
  return { status: 204 };
};
