import { S3Error } from './errors';
import * as configuration from './handlers/bucket-configuration';
import * as policy from './handlers/bucket-policy';
import * as buckets from './handlers/buckets';
import { type Handler } from './handlers/context';
import { deleteObject, deleteObjects, MAX_KEY_BYTES } from './handlers/delete-objects';
import { getObject } from './handlers/get-object';
import { listObjects } from './handlers/list-objects';
import { listObjectVersions } from './handlers/list-object-versions';
import { putObject } from './handlers/put-object';
import { type Query, type RequestTarget } from './request-target';

export interface Operation {
  /** As AWS names it; for the log. */
  name: string;
  handle: Handler;
}

const operation = (name: string, handle: Handler): Operation => ({ name, handle });

/** Bucket calls by method and sub-resource; '' is the bucket itself. */
const BUCKET_OPERATIONS: Record<string, Operation> = {
  'PUT ': operation('CreateBucket', buckets.createBucket),
  'HEAD ': operation('HeadBucket', buckets.headBucket),
  'DELETE ': operation('DeleteBucket', buckets.deleteBucket),
  'GET location': operation('GetBucketLocation', buckets.getBucketLocation),
  'GET versions': operation('ListObjectVersions', listObjectVersions),
  'POST delete': operation('DeleteObjects', deleteObjects),
  'PUT versioning': operation('PutBucketVersioning', configuration.putBucketVersioning),
  'GET versioning': operation('GetBucketVersioning', configuration.getBucketVersioning),
  'PUT encryption': operation('PutBucketEncryption', configuration.putBucketEncryption),
  'GET encryption': operation('GetBucketEncryption', configuration.getBucketEncryption),
  'DELETE encryption': operation('DeleteBucketEncryption', configuration.deleteBucketEncryption),
  'PUT cors': operation('PutBucketCors', configuration.putBucketCors),
  'GET cors': operation('GetBucketCors', configuration.getBucketCors),
  'DELETE cors': operation('DeleteBucketCors', configuration.deleteBucketCors),
  'PUT lifecycle': operation('PutBucketLifecycleConfiguration', configuration.putBucketLifecycle),
  'GET lifecycle': operation('GetBucketLifecycleConfiguration', configuration.getBucketLifecycle),
  'DELETE lifecycle': operation('DeleteBucketLifecycle', configuration.deleteBucketLifecycle),
  'PUT policy': operation('PutBucketPolicy', policy.putBucketPolicy),
  'GET policy': operation('GetBucketPolicy', policy.getBucketPolicy),
  'DELETE policy': operation('DeleteBucketPolicy', policy.deleteBucketPolicy),
  'GET policyStatus': operation('GetBucketPolicyStatus', policy.getBucketPolicyStatus),
  'PUT publicAccessBlock': operation('PutPublicAccessBlock', policy.putPublicAccessBlock),
  'GET publicAccessBlock': operation('GetPublicAccessBlock', policy.getPublicAccessBlock),
  'DELETE publicAccessBlock': operation('DeletePublicAccessBlock', policy.deletePublicAccessBlock),
};

const OBJECT_OPERATIONS: Record<string, Operation> = {
  PUT: operation('PutObject', putObject),
  GET: operation('GetObject', getObject),
  HEAD: operation('HeadObject', getObject),
  DELETE: operation('DeleteObject', deleteObject),
};

/** Sub-resources of S3. One that has no operation here must be refused, not taken for the plain call that stands behind it. */
const SUB_RESOURCES = [
  'abac', 'accelerate', 'acl', 'analytics', 'annotation', 'append', 'attributes', 'cors', 'delete', 'encryption', 'events', 'intelligent-tiering', 'inventory', 'legal-hold',
  'lifecycle', 'location', 'logging', 'metadataConfiguration', 'metadataTable', 'metrics', 'notification', 'object-lock', 'ownershipControls', 'policy',
  'policyStatus', 'publicAccessBlock', 'renameObject', 'replication', 'requestPayment', 'restore', 'retention', 'select', 'session', 'tagging', 'torrent', 'versioning', 'versions', 'website',
];
const MULTIPART = ['uploads', 'uploadId', 'partNumber'];

function notImplemented(message: string): Operation {
  return operation('NotImplemented', async () => {
    throw new S3Error('NotImplemented', { message });
  });
}

function bucketOperation(method: string, subResource: string | undefined, query: Query): Operation | undefined {
  if (subResource !== undefined) return BUCKET_OPERATIONS[`${method} ${subResource}`];
  if (method === 'GET') return query.get('list-type') === '2' ? operation('ListObjectsV2', listObjects) : undefined;
  return BUCKET_OPERATIONS[`${method} `];
}

/** Which call a request is. What is not known is an operation too, one that refuses, so that it is refused after the signature was checked. */
export function findOperation(method: string, { bucket, key, query }: RequestTarget): Operation {
  if (MULTIPART.some((name) => query.has(name))) {
    return notImplemented('This bucket refuses multipart uploads: send each object by a single PUT of at most 5 GiB.');
  }
  if (bucket === undefined) return method === 'GET' ? operation('ListBuckets', buckets.listBuckets) : notImplemented('This call is not implemented.');
  const subResources = SUB_RESOURCES.filter((name) => query.has(name));
  if (key !== undefined && Buffer.byteLength(key) > MAX_KEY_BYTES) {
    return operation('KeyTooLong', async () => {
      throw new S3Error('KeyTooLongError', { details: { Size: String(Buffer.byteLength(key)), MaxSizeAllowed: String(MAX_KEY_BYTES) } });
    });
  }
  const found = key === undefined ? bucketOperation(method, subResources[0], query) : subResources.length > 0 ? undefined : OBJECT_OPERATIONS[method];
  if (found !== undefined && subResources.length <= 1) return found;
  return notImplemented(`${method} of ${key === undefined ? 'a bucket' : 'an object'}${subResources.length > 0 ? ` with ?${subResources.join('&')}` : ''} is not implemented by this server.`);
}
