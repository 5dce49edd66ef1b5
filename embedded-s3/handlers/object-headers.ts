import { checksumHeader } from '../checksum/checksums';
import { S3Error } from '../errors';
import { expirationHeader } from '../lifecycle/apply-lifecycle';
import { type RequestHeaders } from '../request-headers';
import { type Query } from '../request-target';
import { type BucketSettings } from '../store/bucket-settings';
import { type ObjectMetadata, type StoredObject } from '../store/object-version';

const SYSTEM_HEADERS = ['cache-control', 'content-disposition', 'content-language', 'expires'] as const;
const META = 'x-amz-meta-';
const MAX_USER_METADATA_BYTES = 2048;

/** Headers that ask for something this server does not have; silently ignoring them would store something else than was asked for. */
const NOT_IMPLEMENTED = [
  'x-amz-copy-source', 'x-amz-tagging', 'x-amz-website-redirect-location', 'x-amz-write-offset-bytes', 'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date', 'x-amz-object-lock-legal-hold', 'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-customer-key', 'x-amz-server-side-encryption-customer-key-md5', 'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-context', 'x-amz-server-side-encryption-bucket-key-enabled',
];

function refuse(name: string): S3Error {
  return new S3Error('NotImplemented', { message: 'A header you provided implies functionality that is not implemented', details: { Header: name } });
}

/** Refuses a PUT that asks for encryption other than AES256, another storage class, an ACL, tags, a copy or a lock. */
export function checkPutHeaders(headers: RequestHeaders): void {
  const unknown = [...headers.keys()].find((name) => NOT_IMPLEMENTED.includes(name) || name.startsWith('x-amz-grant-'));
  if (unknown !== undefined) throw refuse(unknown);
  const encryption = headers.get('x-amz-server-side-encryption');
  if (encryption?.startsWith('aws:')) throw refuse('x-amz-server-side-encryption');
  if (encryption !== undefined && encryption !== 'AES256') throw new S3Error('InvalidEncryptionAlgorithmError');
  if ((headers.get('x-amz-storage-class') ?? 'STANDARD') !== 'STANDARD') throw refuse('x-amz-storage-class');
  const acl = headers.get('x-amz-acl');
  if (acl !== undefined && acl !== 'private' && acl !== 'bucket-owner-full-control') throw new S3Error('AccessControlListNotSupported');
}

/** Content type, system headers and x-amz-meta-* of a PUT. */
export function readMetadata(headers: RequestHeaders): ObjectMetadata {
  const systemHeaders: Record<string, string> = {};
  for (const name of SYSTEM_HEADERS) {
    const value = headers.get(name);
    if (value !== undefined) systemHeaders[name] = value;
  }
  // aws-chunked is framing of the transfer, not an encoding of the object.
  const encoding = (headers.get('content-encoding') ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '' && part !== 'aws-chunked');
  if (encoding.length > 0) systemHeaders['content-encoding'] = encoding.join(',');
  const userMetadata: Record<string, string> = {};
  for (const [name, value] of headers) if (name.startsWith(META) && name.length > META.length) userMetadata[name.slice(META.length)] = value;
  const bytes = Object.entries(userMetadata).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > MAX_USER_METADATA_BYTES) throw new S3Error('MetadataTooLarge', { details: { Size: String(bytes), MaxSizeAllowed: String(MAX_USER_METADATA_BYTES) } });
  return { contentType: headers.get('content-type') || 'binary/octet-stream', systemHeaders, userMetadata };
}

export const versionHeaders = (settings: BucketSettings, versionId: string): Record<string, string> =>
  settings.versioning === 'Unversioned' ? {} : { 'x-amz-version-id': versionId };

/** What PUT, HEAD and GET say alike of an object. */
function commonHeaders(settings: BucketSettings, object: StoredObject): Record<string, string> {
  const expiration = expirationHeader(settings.lifecycle, object);
  return {
    ETag: `"${object.etag}"`,
    'x-amz-server-side-encryption': object.serverSideEncryption,
    ...versionHeaders(settings, object.versionId),
    ...(expiration !== undefined && { 'x-amz-expiration': expiration }),
  };
}

function checksumHeaders(object: StoredObject): Record<string, string> {
  if (object.checksum === undefined) return {};
  return { [checksumHeader(object.checksum.algorithm)]: object.checksum.value, 'x-amz-checksum-type': 'FULL_OBJECT' };
}

export const putReplyHeaders = (settings: BucketSettings, object: StoredObject): Record<string, string> => ({ ...commonHeaders(settings, object), ...checksumHeaders(object) });

const OVERRIDES: Record<string, string> = {
  'response-cache-control': 'cache-control',
  'response-content-disposition': 'content-disposition',
  'response-content-encoding': 'content-encoding',
  'response-content-language': 'content-language',
  'response-content-type': 'content-type',
  'response-expires': 'expires',
};

/** A value from the query could break out of its header line. */
function checkHeaderText(name: string, value: string): void {
  if (/\p{Cc}/u.test(value.replaceAll('\t', ' '))) throw new S3Error('InvalidArgument', { message: 'A response header may not have control characters.', details: { ArgumentName: name } });
}

export interface ReadReplyOptions {
  query: Query;
  /** x-amz-checksum-mode: ENABLED was sent. */
  checksumMode: boolean;
  /** The whole object is sent: a checksum of the whole says nothing of a range. */
  whole: boolean;
}

/** Headers of a successful GET or HEAD, without Content-Length and Content-Range. */
export function readReplyHeaders(settings: BucketSettings, object: StoredObject, options: ReadReplyOptions): Record<string, string> {
  const system: Record<string, string> = { 'content-type': object.contentType, ...object.systemHeaders };
  for (const [parameter, name] of Object.entries(OVERRIDES)) {
    const value = options.query.get(parameter);
    if (value === undefined) continue;
    checkHeaderText(parameter, value);
    system[name] = value;
  }
  const user = Object.entries(object.userMetadata).map(([name, value]) => [META + name, value] as const);
  return {
    ...commonHeaders(settings, object),
    ...(options.checksumMode && options.whole && checksumHeaders(object)),
    'Last-Modified': new Date(object.lastModified).toUTCString(),
    'Accept-Ranges': 'bytes',
    ...system,
    ...Object.fromEntries(user),
  };
}
