import { createHash, type Hash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { type Readable } from 'node:stream';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { getBucket, getS3 } from '@/server/storage/s3-client';

export type Content = { readonly sha256: string; readonly sizeBytes: number };

/** Keys of a file's objects, or of all files of a case, as storage lists them, which is the order of a file's segments. */
export async function listObjectKeys(reference: string, fileId?: string): Promise<string[]> {
  const { Contents = [] } = await getS3().send(new ListObjectsV2Command({ Bucket: getBucket(), Prefix: `${reference}/${fileId === undefined ? '' : `${fileId}/`}` }));
  return Contents.map(({ Key }) => Key ?? '');
}

async function* concatenated(keys: readonly string[]): AsyncGenerator<Buffer> {
  for (const key of keys) {
    const { Body } = await getS3().send(new GetObjectCommand({ Bucket: getBucket(), Key: key }));
    if (!Body) throw new Error(`The object ${key} has no body.`);
    for await (const chunk of Body as Readable) yield chunk as Buffer;
  }
}

async function digest(stream: AsyncIterable<Buffer>, hash: Hash = createHash('sha256')): Promise<Content> {
  let sizeBytes = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** What `cat segments | zcat` gives, by the machine's own `zcat`. Throws where it finds fault with the stream. */
export async function zcatObjects(keys: readonly string[]): Promise<Content> {
  const zcat = spawn('zcat', [], { stdio: ['pipe', 'pipe', 'pipe'] });
  const complaints: Buffer[] = [];
  zcat.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  const ended = new Promise<number | null>((resolve, reject) => zcat.once('error', reject).once('close', resolve));
  const [content, status] = await Promise.all([digest(zcat.stdout), ended, pipeline(concatenated(keys), zcat.stdin)]);
  if (status !== 0) throw new Error(`zcat ended with ${status}: ${Buffer.concat(complaints).toString()}`);
  return content;
}

/** The objects joined as they lie in storage, which for a file that was gzipped already is the file. */
export async function catObjects(keys: readonly string[]): Promise<Content> {
  return digest(concatenated(keys));
}

/** Hash and size of a file on this machine. */
export async function digestFile(path: string): Promise<Content> {
  return digest(createReadStream(path));
}
