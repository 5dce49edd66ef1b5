import { type FileHandle } from 'node:fs/promises';
import { S3Error } from '../errors';
import { type RequestHeaders } from '../request-headers';
import { type Query } from '../request-target';
import { type Bucket } from '../store/bucket';
import { type Store } from '../store/store';
import { renderXml, type XmlNode } from '../xml/write-xml';
import { type RequestBody } from './request-body';

/** Everything a handler may know of a request that has been proven to come from the holder of the keys. */
export interface RequestContext {
  store: Store;
  region: string;
  now: Date;
  method: string;
  bucketName: string;
  key: string;
  query: Query;
  headers: RequestHeaders;
  body: RequestBody;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Text, or a run of bytes of an open file that the server sends and closes. */
  body?: string | { file: FileHandle; start: number; length: number };
}

export type Handler = (context: RequestContext) => Promise<Reply>;

export const OWNER_ID = '0000000000000000000000000000000000000000000000000000000000000001';

/** The bucket of the request. Throws NoSuchBucket, and AccessDenied where another owner was expected. */
export function bucketOf({ store, bucketName, headers }: RequestContext): Bucket {
  const bucket = store.get(bucketName);
  const expectedOwner = headers.get('x-amz-expected-bucket-owner');
  if (expectedOwner !== undefined && expectedOwner !== '000000000000') throw new S3Error('AccessDenied');
  return bucket;
}

export const xmlReply = (root: XmlNode, headers: Record<string, string> = {}): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'application/xml', ...headers },
  body: renderXml(root),
});

/** A whole number from `minimum` up; absent is undefined. */
export function integerParameter(query: Query, name: string, minimum: number): number | undefined {
  const text = query.get(name);
  if (text === undefined || text === '') return undefined;
  if (!/^-?[0-9]{1,10}$/.test(text) || Number(text) < minimum) {
    throw new S3Error('InvalidArgument', { message: `Argument ${name} must be an integer between ${minimum} and 2147483647`, details: { ArgumentName: name, ArgumentValue: text } });
  }
  return Number(text);
}
