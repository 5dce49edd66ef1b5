import { access, constants, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { S3Error } from '../errors';
import { Bucket, type BucketFolders } from './bucket';
import { isBucketName, newBucketSettings } from './bucket-settings';
import { makeFolder, moveInto, syncFolder, temporaryPath, writeFileAtomically } from './files';
import { lockFolder } from './folder-lock';
import { loadBucket } from './load-bucket';

/** All buckets below one folder: `buckets/<name>/` and `temporary/`, which is emptied at each start. */
export class Store {
  private readonly buckets = new Map<string, Bucket>();
  private readonly creating = new Set<string>();

  private constructor(
    private readonly folder: string,
    private readonly release: () => Promise<void>,
  ) {}

  /** Throws an Error with one sentence a person can act on when the folder cannot be used. */
  static async open(folder: string, onDamage: (message: string) => void): Promise<Store> {
    try {
      await makeFolder(folder);
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
      for (const name of ['buckets', 'temporary']) await makeFolder(path.join(folder, name));
    } catch (error) {
      throw new Error(`The storage folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Give this user the right to it, or choose another folder.`, { cause: error });
    }
    const store = new Store(folder, await lockFolder(folder));
    try {
      await store.load(onDamage);
    } catch (error) {
      await store.close();
      throw error;
    }
    return store;
  }

  get temporaryFolder(): string {
    return path.join(this.folder, 'temporary');
  }

  private foldersOf(name: string): BucketFolders {
    return { bucket: path.join(this.folder, 'buckets', name), temporary: this.temporaryFolder };
  }

  private async load(onDamage: (message: string) => void): Promise<void> {
    for (const leftover of await readdir(this.temporaryFolder)) await rm(path.join(this.temporaryFolder, leftover), { recursive: true, force: true });
    for (const name of await readdir(path.join(this.folder, 'buckets'))) {
      if (isBucketName(name)) this.buckets.set(name, await loadBucket(name, this.foldersOf(name), onDamage));
    }
  }

  close(): Promise<void> {
    return this.release();
  }

  list(): Bucket[] {
    return [...this.buckets.values()].sort((left, right) => (left.settings.name < right.settings.name ? -1 : 1));
  }

  find(name: string): Bucket | undefined {
    return this.buckets.get(name);
  }

  get(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw new S3Error('NoSuchBucket', { details: { BucketName: name } });
    return bucket;
  }

  async create(name: string, now: Date): Promise<Bucket> {
    if (!isBucketName(name)) throw new S3Error('InvalidBucketName', { details: { BucketName: name } });
    if (this.buckets.has(name) || this.creating.has(name)) throw new S3Error('BucketAlreadyOwnedByYou', { details: { BucketName: name } });
    const settings = newBucketSettings(name, now);
    const folders = this.foldersOf(name);
    // Claimed before the first await, so that two creations at once cannot both succeed.
    this.creating.add(name);
    try {
      const temporary = temporaryPath(this.temporaryFolder);
      for (const part of ['versions', 'blobs']) await makeFolder(path.join(temporary, part));
      await writeFileAtomically(this.temporaryFolder, path.join(temporary, 'bucket.json'), JSON.stringify(settings, undefined, 2));
      await moveInto(temporary, folders.bucket);
      const bucket = new Bucket(settings, folders);
      this.buckets.set(name, bucket);
      return bucket;
    } finally {
      this.creating.delete(name);
    }
  }

  async remove(name: string): Promise<void> {
    this.get(name).closeForDeletion();
    this.buckets.delete(name);
    const temporary = temporaryPath(this.temporaryFolder);
    await rename(this.foldersOf(name).bucket, temporary);
    await syncFolder(path.join(this.folder, 'buckets'));
    await rm(temporary, { recursive: true, force: true });
  }
}
