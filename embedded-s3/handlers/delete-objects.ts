import { S3Error } from '../errors';
import { type Bucket } from '../store/bucket';
import { isVersionId } from '../store/object-version';
import { booleanOf, childrenOf, expectChildren, parseXml, textOf } from '../xml/parse-xml';
import { element, S3_NAMESPACE, type XmlNode } from '../xml/write-xml';
import { deletePrecondition } from './conditions';
import { bucketOf, type Handler, type RequestContext, xmlReply } from './context';

const MAX_OBJECTS = 1000;
const MAX_BODY_BYTES = 4 * 1024 * 1024;
export const MAX_KEY_BYTES = 1024;

interface Deletion {
  deleteMarker: boolean;
  /** The id of the version that was removed, or of the marker that was made. */
  versionId: string | undefined;
}

function checkVersionId(versionId: string | undefined): void {
  if (versionId !== undefined && !isVersionId(versionId)) {
    throw new S3Error('InvalidArgument', { message: 'Invalid version id specified', details: { ArgumentName: 'versionId', ArgumentValue: versionId } });
  }
}

async function deleteOne(bucket: Bucket, key: string, versionId: string | undefined, { now, headers }: RequestContext): Promise<Deletion> {
  if (versionId === undefined) {
    const marker = await bucket.deleteCurrent(key, now, deletePrecondition(headers));
    return { deleteMarker: marker !== undefined, versionId: marker?.versionId };
  }
  const removed = await bucket.deleteVersion(key, versionId);
  return { deleteMarker: removed?.deleteMarker ?? false, versionId };
}

/** DeleteObject: 204 whether or not there was something, as S3. */
export const deleteObject: Handler = async (context) => {
  const bucket = bucketOf(context);
  const versionId = context.query.get('versionId');
  checkVersionId(versionId);
  const deletion = await deleteOne(bucket, context.key, versionId, context);
  const headers: Record<string, string> = {};
  if (deletion.deleteMarker) headers['x-amz-delete-marker'] = 'true';
  if (deletion.versionId !== undefined) headers['x-amz-version-id'] = deletion.versionId;
  return { status: 204, headers };
};

interface Entry {
  key: string;
  versionId: string | undefined;
}

function parseEntries(body: Buffer): { quiet: boolean; entries: Entry[] } {
  const root = parseXml(body, 'Delete');
  expectChildren(root, ['Quiet'], ['Object']);
  const objects = childrenOf(root, 'Object');
  if (objects.length === 0 || objects.length > MAX_OBJECTS) throw new S3Error('MalformedXML');
  const entries = objects.map((object) => {
    if (object.children.some(({ name }) => ['ETag', 'LastModifiedTime', 'Size'].includes(name))) {
      throw new S3Error('NotImplemented', { message: 'Conditions on the entries of DeleteObjects are not implemented.' });
    }
    expectChildren(object, ['Key', 'VersionId']);
    const key = textOf(object, 'Key');
    if (!key) throw new S3Error('MalformedXML');
    return { key, versionId: textOf(object, 'VersionId') || undefined };
  });
  return { quiet: booleanOf(root, 'Quiet') ?? false, entries };
}

async function deleteEntry(bucket: Bucket, { key, versionId }: Entry, quiet: boolean, context: RequestContext): Promise<XmlNode | undefined> {
  const identity = [element('Key', key), versionId !== undefined && element('VersionId', versionId)];
  try {
    if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new S3Error('KeyTooLongError');
    checkVersionId(versionId);
    const deletion = await deleteOne(bucket, key, versionId, context);
    if (quiet) return undefined;
    const marker = deletion.deleteMarker && [element('DeleteMarker', true), element('DeleteMarkerVersionId', deletion.versionId!)];
    return element('Deleted', [...identity, ...(marker || [])]);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return element('Error', [...identity, element('Code', error.code), element('Message', error.message)]);
  }
}

/** DeleteObjects: up to 1000 keys or versions. S3 wants the body bound by Content-MD5 or a checksum. */
export const deleteObjects: Handler = async (context) => {
  const bucket = bucketOf(context);
  requireBodyDigest(context);
  const { quiet, entries } = parseEntries(await context.body.readAll(MAX_BODY_BYTES));
  const results: Array<XmlNode | undefined> = [];
  for (const entry of entries) results.push(await deleteEntry(bucket, entry, quiet, context));
  return xmlReply(element('DeleteResult', results, S3_NAMESPACE));
};

/** Throws InvalidRequest where a body that must be bound by a digest is not. */
export function requireBodyDigest({ body }: Pick<RequestContext, 'body'>): void {
  const expected = body.expectedDigests();
  if (expected.contentMd5 === undefined && expected.checksum === undefined) {
    throw new S3Error('InvalidRequest', { message: 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*' });
  }
}
