import { S3Error } from '../errors';
import { type RequestHeaders } from '../request-headers';
import { type StoredObject } from '../store/object-version';

const failed = (condition: string) => new S3Error('PreconditionFailed', { details: { Condition: condition } });

function listsEtag(header: string, etag: string): boolean {
  return header.split(',').some((entry) => {
    const wanted = entry.trim().replace(/^W\//, '').replaceAll('"', '');
    return wanted === '*' || wanted === etag;
  });
}

/**
 * The precondition of a PUT: `If-None-Match: *` (nothing there) or `If-Match: <etag>` ("Conditional writes").
 * Evaluated before the body is read and again, decisively, under the key's lock.
 */
export function writePrecondition(key: string, headers: RequestHeaders): (current: StoredObject | undefined) => void {
  const [ifNoneMatch, ifMatch] = [headers.get('if-none-match'), headers.get('if-match')];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new S3Error('NotImplemented', { message: 'A header you provided implies functionality that is not implemented', details: { Header: 'If-None-Match' } });
  }
  return (current) => {
    if (ifNoneMatch !== undefined && current !== undefined) throw failed('If-None-Match');
    if (ifMatch === undefined) return;
    if (current === undefined) throw new S3Error('NoSuchKey', { details: { Key: key } });
    if (!listsEtag(ifMatch, current.etag)) throw failed('If-Match');
  };
}

/** The precondition of a DELETE without a version id: `If-Match`. */
export function deletePrecondition(headers: RequestHeaders): (current: StoredObject | undefined) => void {
  const ifMatch = headers.get('if-match');
  return (current) => {
    if (ifMatch !== undefined && (current === undefined || !listsEtag(ifMatch, current.etag))) throw failed('If-Match');
  };
}

const timeOf = (text: string | undefined): number => (text === undefined ? Number.NaN : new Date(text).getTime());

/** Conditions of GET and HEAD in the order of RFC 9110, 13.2.2. Throws PreconditionFailed or NotModified (304). */
export function checkReadConditions(object: StoredObject, headers: RequestHeaders): void {
  const modified = new Date(object.lastModified).getTime();
  const [ifMatch, ifNoneMatch] = [headers.get('if-match'), headers.get('if-none-match')];
  if (ifMatch !== undefined && !listsEtag(ifMatch, object.etag)) throw failed('If-Match');
  if (ifMatch === undefined && modified > timeOf(headers.get('if-unmodified-since'))) throw failed('If-Unmodified-Since');
  const notModified = new S3Error('NotModified', { headers: { ETag: `"${object.etag}"`, 'Last-Modified': new Date(object.lastModified).toUTCString() } });
  if (ifNoneMatch !== undefined) {
    if (listsEtag(ifNoneMatch, object.etag)) throw notModified;
    return;
  }
  if (modified <= timeOf(headers.get('if-modified-since'))) throw notModified;
}
