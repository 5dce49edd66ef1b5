import { S3Error } from '../errors';
import { type KeyIndex } from '../store/key-index';
import { isVersionId, type ObjectVersion, sequenceOf } from '../store/object-version';
import { element, S3_NAMESPACE, type XmlNode } from '../xml/write-xml';
import { bucketOf, type Handler, OWNER_ID, xmlReply } from './context';
import { listedKeys, type ListParameters, readListParameters } from './list-objects';

interface Markers {
  keyMarker: string;
  versionIdMarker: string | undefined;
}

interface ListedVersion {
  version: ObjectVersion;
  isLatest: boolean;
}

interface Page {
  versions: ListedVersion[];
  commonPrefixes: string[];
  next: Markers | undefined;
}

/**
 * The versions of the marker's key that come after the version marker. The marked version may be gone by now (whoever erases
 * pages and deletes in turn); then its sequence tells the place, and for a null version nothing does, so none is left out.
 */
function versionsAfter(versions: readonly ObjectVersion[], versionIdMarker: string): readonly ObjectVersion[] {
  const at = versions.findIndex(({ versionId }) => versionId === versionIdMarker);
  if (at >= 0) return versions.slice(at + 1);
  const sequence = sequenceOf(versionIdMarker);
  return sequence === undefined ? versions : versions.filter((version) => version.sequence < sequence);
}

function collectPage(index: KeyIndex, parameters: ListParameters, start: Markers): Page {
  const page: Page = { versions: [], commonPrefixes: [], next: undefined };
  let last = start;
  let lastPrefix = parameters.delimiter !== '' && start.keyMarker.endsWith(parameters.delimiter) && start.versionIdMarker === undefined ? start.keyMarker : undefined;
  const isFull = () => page.versions.length + page.commonPrefixes.length === parameters.maxKeys;
  for (const { key, commonPrefix } of listedKeys(index, parameters, start.keyMarker)) {
    if (parameters.maxKeys === 0) break;
    if (lastPrefix !== undefined && key.startsWith(lastPrefix)) continue;
    if (key === start.keyMarker && start.versionIdMarker === undefined) continue;
    if (commonPrefix !== undefined) {
      if (isFull()) return { ...page, next: last };
      page.commonPrefixes.push(commonPrefix);
      lastPrefix = commonPrefix;
      last = { keyMarker: commonPrefix, versionIdMarker: undefined };
      continue;
    }
    const all = index.versionsOf(key);
    for (const version of key === start.keyMarker ? versionsAfter(all, start.versionIdMarker!) : all) {
      if (isFull()) return { ...page, next: last };
      page.versions.push({ version, isLatest: version === all[0] });
      last = { keyMarker: key, versionIdMarker: version.versionId };
    }
  }
  return page;
}

function readMarkers(keyMarker: string | undefined, versionIdMarker: string | undefined): Markers {
  const refuse = (message: string) => new S3Error('InvalidArgument', { message, details: { ArgumentName: 'version-id-marker', ArgumentValue: versionIdMarker ?? '' } });
  if (versionIdMarker !== undefined && !keyMarker) throw refuse('A version-id marker cannot be specified without a key marker.');
  if (versionIdMarker === '') throw refuse('A version-id marker cannot be empty.');
  if (versionIdMarker !== undefined && !isVersionId(versionIdMarker)) throw refuse('Invalid version id specified');
  return { keyMarker: keyMarker ?? '', versionIdMarker };
}

function renderVersion({ version, isLatest }: ListedVersion, encode: (text: string) => string): XmlNode {
  const head = [element('Key', encode(version.key)), element('VersionId', version.versionId), element('IsLatest', isLatest), element('LastModified', version.lastModified)];
  const owner = element('Owner', [element('ID', OWNER_ID)]);
  if (version.deleteMarker) return element('DeleteMarker', [...head, owner]);
  return element('Version', [
    ...head,
    element('ETag', `"${version.etag}"`),
    version.checksum && element('ChecksumAlgorithm', version.checksum.algorithm.toUpperCase()),
    version.checksum && element('ChecksumType', 'FULL_OBJECT'),
    element('Size', version.sizeBytes),
    owner,
    element('StorageClass', 'STANDARD'),
  ]);
}

/** ListObjectVersions: versions and delete markers of each key, newest first. */
export const listObjectVersions: Handler = async (context) => {
  const { query, bucketName } = context;
  const bucket = bucketOf(context);
  const parameters = readListParameters(query);
  const { encode } = parameters;
  const markers = readMarkers(query.get('key-marker'), query.get('version-id-marker'));
  const page = collectPage(bucket.index, parameters, markers);
  return xmlReply(
    element('ListVersionsResult', [
      element('Name', bucketName),
      element('Prefix', encode(parameters.prefix)),
      parameters.delimiter !== '' && element('Delimiter', encode(parameters.delimiter)),
      element('KeyMarker', encode(markers.keyMarker)),
      element('VersionIdMarker', markers.versionIdMarker ?? ''),
      page.next && element('NextKeyMarker', encode(page.next.keyMarker)),
      page.next?.versionIdMarker !== undefined && element('NextVersionIdMarker', page.next.versionIdMarker),
      element('MaxKeys', parameters.maxKeys),
      parameters.encodingType !== undefined && element('EncodingType', parameters.encodingType),
      element('IsTruncated', page.next !== undefined),
      ...page.versions.map((listed) => renderVersion(listed, encode)),
      ...page.commonPrefixes.map((prefix) => element('CommonPrefixes', [element('Prefix', encode(prefix))])),
    ], S3_NAMESPACE),
  );
};
