import { S3Error } from '../errors';
import { expectChildren, parseXml, textOf } from '../xml/parse-xml';
import { element, S3_NAMESPACE } from '../xml/write-xml';
import { bucketOf, type Handler, OWNER_ID, type RequestContext, xmlReply } from './context';

/** A body of a bucket call is at most this long. */
export const MAX_CONFIGURATION_BYTES = 1024 * 1024;

export const listBuckets: Handler = async ({ store, query }) => {
  const prefix = query.get('prefix') ?? '';
  const buckets = store.list().filter((bucket) => bucket.settings.name.startsWith(prefix));
  const entries = buckets.map(({ settings }) => element('Bucket', [element('Name', settings.name), element('CreationDate', settings.createdAt)]));
  return xmlReply(element('ListAllMyBucketsResult', [element('Owner', [element('ID', OWNER_ID)]), element('Buckets', entries)], S3_NAMESPACE));
};

/** The region in the body must be the server's own; us-east-1 is named by leaving it out. */
function checkLocation(constraint: string | undefined, region: string): void {
  const expected = region === 'us-east-1' ? undefined : region;
  if (constraint === expected || (constraint === 'EU' && region === 'eu-west-1')) return;
  throw new S3Error('IllegalLocationConstraintException', {
    message: `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  });
}

function parseLocation(body: Buffer): string | undefined {
  if (body.length === 0) return undefined;
  const root = parseXml(body, 'CreateBucketConfiguration');
  if (root.children.some(({ name }) => name !== 'LocationConstraint')) throw new S3Error('NotImplemented', { message: 'Only LocationConstraint is implemented in CreateBucketConfiguration.' });
  expectChildren(root, ['LocationConstraint']);
  return textOf(root, 'LocationConstraint')?.trim() || undefined;
}

function checkCreateHeaders({ headers }: RequestContext): void {
  const refused = [...headers.keys()].find((name) => name.startsWith('x-amz-grant-'));
  if (refused !== undefined || headers.get('x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true') throw new S3Error('NotImplemented');
  if ((headers.get('x-amz-acl') ?? 'private') !== 'private') throw new S3Error('AccessControlListNotSupported');
  if ((headers.get('x-amz-object-ownership') ?? 'BucketOwnerEnforced') !== 'BucketOwnerEnforced') throw new S3Error('NotImplemented', { message: 'Only the object ownership BucketOwnerEnforced is implemented.' });
}

export const createBucket: Handler = async (context) => {
  checkCreateHeaders(context);
  checkLocation(parseLocation(await context.body.readAll(MAX_CONFIGURATION_BYTES)), context.region);
  await context.store.create(context.bucketName, context.now);
  return { status: 200, headers: { Location: `/${context.bucketName}` } };
};

export const headBucket: Handler = async (context) => {
  bucketOf(context);
  return { status: 200, headers: { 'x-amz-bucket-region': context.region, 'x-amz-access-point-alias': 'false', 'Content-Type': 'application/xml' } };
};

export const deleteBucket: Handler = async (context) => {
  bucketOf(context);
  await context.store.remove(context.bucketName);
  return { status: 204 };
};

export const getBucketLocation: Handler = async (context) => {
  bucketOf(context);
  return xmlReply(element('LocationConstraint', context.region === 'us-east-1' ? '' : context.region, S3_NAMESPACE));
};
