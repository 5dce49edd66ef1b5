import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Bucket } from './bucket';
import { type BucketSettings } from './bucket-settings';
import { hashOfKey, type ObjectVersion } from './object-version';

const FILES_AT_ONCE = 64;

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function shardedFiles(folder: string): Promise<string[]> {
  const shards = await entriesOf(folder);
  const lists = await Promise.all(shards.map(async (shard) => (await entriesOf(path.join(folder, shard))).map((name) => path.join(folder, shard, name))));
  return lists.flat();
}

async function readSidecar(file: string, blobsFolder: string): Promise<ObjectVersion | undefined> {
  try {
    const version = JSON.parse(await readFile(file, 'utf8')) as ObjectVersion;
    if (path.basename(file) !== `${hashOfKey(version.key)}-${version.versionId}.json`) return undefined;
    if (version.deleteMarker) return version;
    const blob = await stat(path.join(blobsFolder, version.blob.slice(0, 2), version.blob));
    return blob.size === version.sizeBytes ? version : undefined;
  } catch {
    return undefined;
  }
}

async function readSettings(bucketFolder: string, name: string): Promise<BucketSettings> {
  try {
    const settings = JSON.parse(await readFile(path.join(bucketFolder, 'bucket.json'), 'utf8')) as BucketSettings;
    if (settings.name === name) return settings;
  } catch {
    // One sentence for a missing, unreadable or foreign file.
  }
  throw new Error(`The storage folder is damaged: ${path.join(bucketFolder, 'bucket.json')} cannot be read. Restore it, or remove the folder of this bucket to start afresh.`);
}

/**
 * Reads a bucket from the disk and sweeps what a crash left: bytes that no sidecar names, and sidecars whose bytes are missing or cut
 * (which no crash leaves, only a damaged disk).
 */
export async function loadBucket(name: string, folders: { bucket: string; temporary: string }, onDamage: (message: string) => void): Promise<Bucket> {
  const bucket = new Bucket(await readSettings(folders.bucket, name), folders);
  const blobsFolder = path.join(folders.bucket, 'blobs');
  const orphans = new Set(await shardedFiles(blobsFolder));
  const loadSidecar = async (file: string) => {
    const version = await readSidecar(file, blobsFolder);
    if (version === undefined) {
      onDamage(`bucket ${name}: one object version is damaged and was removed`);
      await rm(file, { force: true });
      return;
    }
    bucket.restore(version);
    if (!version.deleteMarker) orphans.delete(path.join(blobsFolder, version.blob.slice(0, 2), version.blob));
  };
  const sidecars = await shardedFiles(path.join(folders.bucket, 'versions'));
  for (let start = 0; start < sidecars.length; start += FILES_AT_ONCE) await Promise.all(sidecars.slice(start, start + FILES_AT_ONCE).map(loadSidecar));
  for (const orphan of orphans) await rm(orphan, { force: true });
  return bucket;
}
