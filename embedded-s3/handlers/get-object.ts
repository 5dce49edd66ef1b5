import { S3Error } from '../errors';
import { type Bucket } from '../store/bucket';
import { isVersionId, type StoredObject } from '../store/object-version';
import { checkReadConditions } from './conditions';
import { bucketOf, type Handler, type RequestContext } from './context';
import { readReplyHeaders } from './object-headers';

/** Finds the version asked for, or the current one; says, as S3 does, where a delete marker hides it. */
function findObject(bucket: Bucket, { key, query }: RequestContext): StoredObject {
  const versionId = query.get('versionId');
  if (versionId !== undefined && !isVersionId(versionId)) {
    throw new S3Error('InvalidArgument', { message: 'Invalid version id specified', details: { ArgumentName: 'versionId', ArgumentValue: versionId } });
  }
  const version = versionId === undefined ? bucket.index.current(key) : bucket.index.find(key, versionId);
  if (version === undefined && versionId !== undefined) throw new S3Error('NoSuchVersion', { details: { Key: key, VersionId: versionId } });
  if (version === undefined) throw new S3Error('NoSuchKey', { details: { Key: key } });
  if (!version.deleteMarker) return version;
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
  if (versionId === undefined) throw new S3Error('NoSuchKey', { details: { Key: key }, headers });
  throw new S3Error('MethodNotAllowed', {
    details: { Method: 'GET', ResourceType: 'DeleteMarker' },
    headers: { ...headers, Allow: 'DELETE', 'Last-Modified': new Date(version.lastModified).toUTCString() },
  });
}

/** One range of bytes; undefined where the header is absent, malformed or names several, which S3 answers with the whole. */
function parseRange(header: string | undefined, sizeBytes: number): { start: number; length: number } | undefined {
  const parts = /^bytes=([0-9]{0,16})-([0-9]{0,16})$/.exec(header ?? '');
  if (parts === null || (parts[1] === '' && parts[2] === '')) return undefined;
  const isSuffix = parts[1] === '';
  const start = isSuffix ? Math.max(0, sizeBytes - Number(parts[2])) : Number(parts[1]);
  const end = isSuffix || parts[2] === '' ? sizeBytes - 1 : Math.min(Number(parts[2]), sizeBytes - 1);
  if (!isSuffix && parts[2] !== '' && Number(parts[2]) < start) return undefined;
  if (start >= sizeBytes || end < start) {
    throw new S3Error('InvalidRange', {
      details: { RangeRequested: header!, ActualObjectSize: String(sizeBytes) },
      headers: { 'Content-Range': `bytes */${sizeBytes}` },
    });
  }
  return { start, length: end - start + 1 };
}

/** GetObject and HeadObject. */
export const getObject: Handler = async (context) => {
  const { headers, query, method } = context;
  const bucket = bucketOf(context);
  const object = findObject(bucket, context);
  checkReadConditions(object, headers);
  const range = parseRange(headers.get('range'), object.sizeBytes);
  const { start, length } = range ?? { start: 0, length: object.sizeBytes };
  const checksumMode = (headers.get('x-amz-checksum-mode') ?? query.get('x-amz-checksum-mode'))?.toUpperCase() === 'ENABLED';
  const replyHeaders = {
    ...readReplyHeaders(bucket.settings, object, { query, checksumMode, whole: length === object.sizeBytes }),
    'Content-Length': String(length),
    ...(range && { 'Content-Range': `bytes ${start}-${start + length - 1}/${object.sizeBytes}` }),
  };
  const status = range ? 206 : 200;
  if (method === 'HEAD') return { status, headers: replyHeaders };
  try {
    return { status, headers: replyHeaders, body: { file: await bucket.openBlob(object), start, length } };
  } catch (error) {
    // Deleted between the look into the index and the opening of the file.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new S3Error('NoSuchKey', { details: { Key: context.key } });
    throw error;
  }
};
