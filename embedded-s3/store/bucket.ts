import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Checksum } from '../checksum/checksums';
import { S3Error } from '../errors';
import { type BucketSettings } from './bucket-settings';
import { moveInto, removeFile, writeFileAtomically } from './files';
import { KeyIndex } from './key-index';
import { KeyedLock } from './keyed-lock';
import { type DeleteMarker, hashOfKey, newVersionId, NULL_VERSION, type ObjectMetadata, type ObjectVersion, type StoredObject, wholeSeconds } from './object-version';
import { type ReceivedBody } from './receive-body';

export interface BucketFolders {
  bucket: string;
  temporary: string;
}

export interface PutInput {
  key: string;
  body: ReceivedBody;
  metadata: ObjectMetadata;
  checksum: Checksum | undefined;
  now: Date;
  /** Called with the current version, under the key's lock; throws to refuse. */
  precondition: (current: StoredObject | undefined) => void;
}

/**
 * One bucket: an index in memory, and on disk one sidecar a version beside one file of bytes.
 * The sidecar is the truth: its rename commits a write, its removal commits a deletion. Bytes without a sidecar are swept at the next start.
 */
export class Bucket {
  readonly index = new KeyIndex();
  private readonly keyLock = new KeyedLock();
  private readonly settingsLock = new KeyedLock();
  private lastSequence = 0;
  private closed = false;

  constructor(
    private currentSettings: BucketSettings,
    private readonly folders: BucketFolders,
  ) {}

  get settings(): Readonly<BucketSettings> {
    return this.currentSettings;
  }

  /** Adds a version that was read from the disk. */
  restore(version: ObjectVersion): void {
    this.index.put(version);
    this.lastSequence = Math.max(this.lastSequence, version.sequence);
  }

  async changeSettings(change: Partial<BucketSettings>): Promise<void> {
    await this.settingsLock.run('settings', async () => {
      const settings = { ...this.currentSettings, ...change };
      await writeFileAtomically(this.folders.temporary, path.join(this.folders.bucket, 'bucket.json'), JSON.stringify(settings, undefined, 2));
      this.currentSettings = settings;
    });
  }

  /** Marks the bucket as gone, so that a write in flight cannot bring it back. */
  closeForDeletion(): void {
    if (!this.index.isEmpty || this.keyLock.busy) throw new S3Error('BucketNotEmpty', { details: { BucketName: this.settings.name } });
    this.closed = true;
  }

  private sidecarFile(key: string, versionId: string): string {
    const hash = hashOfKey(key);
    return path.join(this.folders.bucket, 'versions', hash.slice(0, 2), `${hash}-${versionId}.json`);
  }

  private blobFile(blob: string): string {
    return path.join(this.folders.bucket, 'blobs', blob.slice(0, 2), blob);
  }

  private underKeyLock<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    return this.keyLock.run(key, () => {
      if (this.closed) throw new S3Error('NoSuchBucket', { details: { BucketName: this.settings.name } });
      return task();
    });
  }

  /** A new version id and sequence; in a bucket that does not keep versions it is the null version, which replaces the one before. */
  private nextIdentity(key: string, now: Date): { key: string; versionId: string; sequence: number; lastModified: string } {
    this.lastSequence += 1;
    const versionId = this.settings.versioning === 'Enabled' ? newVersionId(this.lastSequence) : NULL_VERSION;
    return { key, versionId, sequence: this.lastSequence, lastModified: wholeSeconds(now) };
  }

  private async commit(version: ObjectVersion): Promise<void> {
    const replaced = this.index.find(version.key, version.versionId);
    await writeFileAtomically(this.folders.temporary, this.sidecarFile(version.key, version.versionId), JSON.stringify(version));
    this.index.put(version);
    if (replaced?.deleteMarker === false) await removeFile(this.blobFile(replaced.blob));
  }

  currentObject(key: string): StoredObject | undefined {
    const current = this.index.current(key);
    return current?.deleteMarker === false ? current : undefined;
  }

  /** Stores a received body as the current version. The body's temporary file is gone afterwards, whatever happens. */
  async put(input: PutInput): Promise<StoredObject> {
    const { key, body, metadata, checksum, now } = input;
    try {
      return await this.underKeyLock(key, async () => {
        input.precondition(this.currentObject(key));
        const blob = randomBytes(16).toString('hex');
        await moveInto(body.temporaryFile, this.blobFile(blob));
        const version: StoredObject = {
          ...this.nextIdentity(key, now),
          ...metadata,
          deleteMarker: false,
          blob,
          sizeBytes: body.sizeBytes,
          etag: body.md5.toString('hex'),
          checksum,
          serverSideEncryption: 'AES256',
        };
        await this.commit(version);
        return version;
      });
    } finally {
      await rm(body.temporaryFile, { force: true });
    }
  }

  /**
   * DELETE without a version id: a delete marker where versions are kept, else the object is gone.
   * Returns the marker, or undefined where none was made.
   */
  async deleteCurrent(key: string, now: Date, precondition: (current: StoredObject | undefined) => void = () => undefined): Promise<DeleteMarker | undefined> {
    return this.underKeyLock(key, async () => {
      precondition(this.currentObject(key));
      return this.hideCurrent(key, now);
    });
  }

  /** As deleteCurrent, but only while this object is still the current one. Resolves to whether it was. */
  async expire(object: StoredObject, now: Date): Promise<boolean> {
    return this.underKeyLock(object.key, async () => {
      if (this.index.current(object.key) !== object) return false;
      await this.hideCurrent(object.key, now);
      return true;
    });
  }

  private async hideCurrent(key: string, now: Date): Promise<DeleteMarker | undefined> {
    if (this.settings.versioning === 'Unversioned') {
      await this.erase(key, NULL_VERSION);
      return undefined;
    }
    const marker: DeleteMarker = { ...this.nextIdentity(key, now), deleteMarker: true };
    await this.commit(marker);
    return marker;
  }

  /** DELETE with a version id: that version is gone, bytes and all. Returns what it was; undefined where there was none. */
  async deleteVersion(key: string, versionId: string): Promise<ObjectVersion | undefined> {
    return this.underKeyLock(key, () => this.erase(key, versionId));
  }

  private async erase(key: string, versionId: string): Promise<ObjectVersion | undefined> {
    const version = this.index.find(key, versionId);
    if (version === undefined) return undefined;
    await removeFile(this.sidecarFile(key, versionId));
    this.index.remove(key, versionId);
    if (!version.deleteMarker) await removeFile(this.blobFile(version.blob));
    return version;
  }

  /** An open file lives on while its version is deleted: a reader in flight gets the whole object. */
  async openBlob(version: StoredObject): Promise<FileHandle> {
    return open(this.blobFile(version.blob), 'r');
  }
}
