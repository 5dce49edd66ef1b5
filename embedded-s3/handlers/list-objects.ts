import { S3Error } from '../errors';
import { type Query } from '../request-target';
import { uriEncode } from '../signature/canonical-request';
import { compareUtf8, type KeyIndex } from '../store/key-index';
import { type ObjectVersion } from '../store/object-version';
import { element, S3_NAMESPACE, type XmlNode } from '../xml/write-xml';
import { bucketOf, type Handler, integerParameter, OWNER_ID, xmlReply } from './context';

const MAX_KEYS = 1000;

/** What all listings share. */
export interface ListParameters {
  prefix: string;
  delimiter: string;
  maxKeys: number;
  encodingType: string | undefined;
  /** Encodes a key where encoding-type=url was asked for. */
  encode: (text: string) => string;
}

export function readListParameters(query: Query): ListParameters {
  const encodingType = query.get('encoding-type');
  if (encodingType !== undefined && encodingType !== 'url') throw new S3Error('InvalidArgument', { message: 'Invalid Encoding Method specified in Request', details: { ArgumentName: 'encoding-type', ArgumentValue: encodingType } });
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: Math.min(integerParameter(query, 'max-keys', 0) ?? MAX_KEYS, MAX_KEYS),
    encodingType,
    encode: (text) => (encodingType === 'url' ? uriEncode(text, true) : text),
  };
}

/** A key that begins with the prefix, and the common prefix that it falls under. */
export interface ListedKey {
  key: string;
  commonPrefix: string | undefined;
}

/** Walks the keys under the prefix in byte order from `from` on. */
export function* listedKeys(index: KeyIndex, { prefix, delimiter }: ListParameters, from: string): Generator<ListedKey> {
  // By position, not over a copy: a page of a bucket with very many keys costs what the page holds.
  // Keys that share a prefix stand together, from the position of the prefix on.
  for (let position = index.position(compareUtf8(from, prefix) > 0 ? from : prefix); ; position += 1) {
    const key = index.keyAt(position);
    if (key === undefined || !key.startsWith(prefix)) return;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    yield { key, commonPrefix: end < 0 ? undefined : key.slice(0, end + delimiter.length) };
  }
}

interface Cursor {
  after: string;
  /** The last item of the page before was this common prefix: all keys below it are done. */
  isPrefix: boolean;
}

const encodeToken = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function decodeToken(token: string): Cursor {
  try {
    const cursor = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Cursor;
    if (typeof cursor.after === 'string' && typeof cursor.isPrefix === 'boolean') return cursor;
  } catch {
    // One answer for every token that this server did not make.
  }
  throw new S3Error('InvalidArgument', { message: 'The continuation token provided is incorrect', details: { ArgumentName: 'continuation-token' } });
}

interface Page {
  objects: ObjectVersion[];
  commonPrefixes: string[];
  next: Cursor | undefined;
}

function collectPage(index: KeyIndex, parameters: ListParameters, start: Cursor): Page {
  const page: Page = { objects: [], commonPrefixes: [], next: undefined };
  let last = start;
  for (const { key, commonPrefix } of listedKeys(index, parameters, start.after)) {
    if (key === start.after || (last.isPrefix && key.startsWith(last.after))) continue;
    const current = index.current(key)!;
    if (current.deleteMarker || parameters.maxKeys === 0) continue;
    if (page.objects.length + page.commonPrefixes.length === parameters.maxKeys) return { ...page, next: last };
    last = { after: commonPrefix ?? key, isPrefix: commonPrefix !== undefined };
    if (commonPrefix === undefined) page.objects.push(current);
    else page.commonPrefixes.push(commonPrefix);
  }
  return page;
}

/** ListObjectsV2. */
export const listObjects: Handler = async (context) => {
  const { query, bucketName } = context;
  const bucket = bucketOf(context);
  const parameters = readListParameters(query);
  const { encode } = parameters;
  const [token, startAfter] = [query.get('continuation-token'), query.get('start-after')];
  if (token === '') decodeToken(token);
  const start = token === undefined ? { after: startAfter ?? '', isPrefix: false } : decodeToken(token);
  const page = collectPage(bucket.index, parameters, start);
  const contents = page.objects.map((version): XmlNode | undefined => {
    if (version.deleteMarker) return undefined;
    return element('Contents', [
      element('Key', encode(version.key)),
      element('LastModified', version.lastModified),
      element('ETag', `"${version.etag}"`),
      version.checksum && element('ChecksumAlgorithm', version.checksum.algorithm.toUpperCase()),
      version.checksum && element('ChecksumType', 'FULL_OBJECT'),
      element('Size', version.sizeBytes),
      query.get('fetch-owner') === 'true' && element('Owner', [element('ID', OWNER_ID)]),
      element('StorageClass', 'STANDARD'),
    ]);
  });
  return xmlReply(
    element('ListBucketResult', [
      element('Name', bucketName),
      element('Prefix', encode(parameters.prefix)),
      parameters.delimiter !== '' && element('Delimiter', encode(parameters.delimiter)),
      startAfter !== undefined && element('StartAfter', encode(startAfter)),
      token !== undefined && element('ContinuationToken', token),
      page.next && element('NextContinuationToken', encodeToken(page.next)),
      element('KeyCount', page.objects.length + page.commonPrefixes.length),
      element('MaxKeys', parameters.maxKeys),
      parameters.encodingType !== undefined && element('EncodingType', parameters.encodingType),
      element('IsTruncated', page.next !== undefined),
      ...contents,
      ...page.commonPrefixes.map((prefix) => element('CommonPrefixes', [element('Prefix', encode(prefix))])),
    ], S3_NAMESPACE),
  );
};
