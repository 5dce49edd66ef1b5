import { S3Error } from './errors';

/** The decoded pairs of a query string, in the order they were sent. */
export class Query {
  constructor(readonly entries: ReadonlyArray<readonly [string, string]>) {}

  has(name: string): boolean {
    return this.entries.some(([key]) => key === name);
  }

  get(name: string): string | undefined {
    return this.entries.find(([key]) => key === name)?.[1];
  }
}

export interface RequestTarget {
  /** The decoded path as it was sent: `..`, `//` and the like are ordinary characters, as in S3. */
  path: string;
  bucket: string | undefined;
  key: string | undefined;
  query: Query;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI');
  }
}

function parseQuery(raw: string): Query {
  if (raw === '') return new Query([]);
  const entries = raw.split('&').filter((pair) => pair !== '').map((pair) => {
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    return [decode(name.replaceAll('+', ' ')), decode(value.replaceAll('+', ' '))] as const;
  });
  return new Query(entries);
}

/** `bucket.localhost` and `bucket.s3.localhost` name the bucket in the host; everything else is path style. */
function bucketOfHost(host: string): string | undefined {
  return /^(.+?)(?:\.s3)?\.localhost(?::[0-9]+)?$/i.exec(host)?.[1]?.toLowerCase();
}

/** Reads bucket, key and query from the raw request target, without any normalisation of the path. */
export function parseRequestTarget(rawUrl: string, host: string): RequestTarget {
  const relative = rawUrl.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = relative.indexOf('?');
  const rawPath = mark < 0 ? relative : relative.slice(0, mark);
  const query = parseQuery(mark < 0 ? '' : relative.slice(mark + 1));
  const path = decode(rawPath === '' ? '/' : rawPath);
  if (!path.startsWith('/')) throw new S3Error('InvalidURI');
  const hosted = bucketOfHost(host);
  if (hosted !== undefined) return { path, bucket: hosted, key: path.slice(1) || undefined, query };
  const slash = path.indexOf('/', 1);
  const bucket = slash < 0 ? path.slice(1) : path.slice(1, slash);
  const key = slash < 0 ? '' : path.slice(slash + 1);
  return { path, bucket: bucket || undefined, key: key || undefined, query };
}
