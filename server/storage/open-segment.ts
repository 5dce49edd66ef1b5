import { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { AppError } from '@/domain/errors';
import { isAbsent, throughStorage } from './storage-error';

/** Connections that may break while one object is read. */
const MAX_BREAKS = 5;

/** Thrown where the object, or the version that was seen, is not there any more. */
export class ObjectMissingError extends Error {
  override readonly name = 'ObjectMissingError';
}

type Source = { readonly s3: S3Client; readonly bucket: string; readonly key: string; readonly versionId: string | null; readonly sizeBytes: number; readonly signal?: AbortSignal };

async function openFrom({ s3, bucket, key, versionId, signal }: Source, offset: number): Promise<Readable> {
  try {
    const answer = await throughStorage(
      () => s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...(versionId ? { VersionId: versionId } : {}), ...(offset > 0 ? { Range: `bytes=${offset}-` } : {}) }), { abortSignal: signal }),
      signal,
    );
    if (!(answer.Body instanceof Readable)) throw new AppError('storage_unavailable', { cause: new Error('The storage answered without a body.') });
    return answer.Body;
  } catch (error) {
    if (isAbsent(error)) throw new ObjectMissingError('object missing', { cause: error });
    throw error;
  }
}

/**
 * Reads one stored object, pinned to the version that was seen, as a stream of chunks. A connection that breaks is
 * taken up again where it stopped. Throws ObjectMissingError, `storage_unavailable`, or the signal's reason.
 */
export async function* openSegment(source: Source): AsyncGenerator<Buffer, void, undefined> {
  let offset = 0;
  for (let breaks = 0; ; breaks += 1) {
    const body = await openFrom(source, offset);
    const stop = () => body.destroy();
    source.signal?.addEventListener('abort', stop, { once: true });
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        offset += chunk.length;
        yield chunk;
      }
      source.signal?.throwIfAborted();
      if (offset >= source.sizeBytes) return;
      throw new Error('The object ended early.');
    } catch (error) {
      source.signal?.throwIfAborted();
      if (breaks >= MAX_BREAKS) throw new AppError('storage_unavailable', { cause: error, retryAfterSeconds: 30 });
    } finally {
      source.signal?.removeEventListener('abort', stop);
      body.destroy();
    }
  }
}
