import { createHash, randomBytes } from 'node:crypto';
import { type Checksum } from '../checksum/checksums';

export const NULL_VERSION = 'null';

interface VersionIdentity {
  key: string;
  /** `null`, or 32 hex digits of which the first 12 are the sequence. */
  versionId: string;
  /** Grows with each write to the bucket; the highest of a key is its current version. */
  sequence: number;
  /** ISO, whole seconds, as S3 keeps it. */
  lastModified: string;
}

/** What the sender said about the object and gets back with it. */
export interface ObjectMetadata {
  contentType: string;
  /** cache-control, content-disposition, content-encoding, content-language, expires */
  systemHeaders: Record<string, string>;
  /** Names without x-amz-meta-. */
  userMetadata: Record<string, string>;
}

export interface StoredObject extends VersionIdentity, ObjectMetadata {
  deleteMarker: false;
  /** Name of the file that holds the bytes; random, never made from the key. */
  blob: string;
  sizeBytes: number;
  /** MD5 in hex, without quotes. */
  etag: string;
  checksum?: Checksum;
  serverSideEncryption: 'AES256';
}

export interface DeleteMarker extends VersionIdentity {
  deleteMarker: true;
}

export type ObjectVersion = StoredObject | DeleteMarker;

export const newVersionId = (sequence: number): string => sequence.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');

export const isVersionId = (text: string): boolean => text === NULL_VERSION || /^[0-9a-f]{32}$/.test(text);

/** The sequence inside a version id; undefined for the null version, whose id tells nothing. */
export const sequenceOf = (versionId: string): number | undefined => (versionId === NULL_VERSION ? undefined : Number.parseInt(versionId.slice(0, 12), 16));

/** A key never becomes a path: its files are named by its hash, so no `..`, NUL or length can reach the disk. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

export const wholeSeconds = (date: Date): string => new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString();
