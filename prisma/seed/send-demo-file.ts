import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type UserActor } from '@/domain/actor';
import { type FileKind } from '@/domain/file-kinds';
import { completeFile } from '@/server/file/complete-file';
import { getFileStatus } from '@/server/file/get-file-status';
import { presignSegments } from '@/server/file/presign-segments';
import { reserveFile } from '@/server/file/reserve-file';

export type DemoFile = {
  readonly actor: UserActor;
  readonly reference: string;
  /** Fixed for each demo file, so that a second run finds it sent. */
  readonly clientFileId: string;
  readonly name: string;
  readonly kind: FileKind;
  readonly content: Buffer;
  /** `gzip`: the content is declared to be a gzip file and sent as it is. */
  readonly encoding?: 'raw' | 'gzip';
  readonly requestId?: string;
};

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Reserves a demo file without sending anything: one that was begun and left. */
export async function reserveDemoFile({ actor, reference, clientFileId, name, kind, content, encoding = 'raw', requestId }: DemoFile): Promise<string> {
  const { fileId } = await reserveFile({ actor, now: new Date(), reference, name, kind, sizeBytes: content.length, encoding, clientFileId, requestId });
  return fileId;
}

/** Sends a demo file of one segment the way every client does: reserve, presign, PUT to storage, complete. */
export async function sendDemoFile(file: DemoFile): Promise<void> {
  const { actor, content } = file;
  const fileId = await reserveDemoFile(file);
  const { state } = await getFileStatus({ actor, fileId });
  if (state !== 'reserved' && state !== 'uploading') return;

  const body = file.encoding === 'gzip' ? content : gzipSync(content, { level: 6 });
  const announced = { index: 1, rawSizeBytes: content.length, rawSha256: sha256(content), sizeBytes: body.length, sha256: sha256(body) };
  const { segments } = await presignSegments({ actor, now: new Date(), fileId, segments: [announced] });
  for (const segment of segments) {
    if ('state' in segment) continue;
    const answer = await fetch(segment.url, { method: 'PUT', headers: segment.headers, body: new Uint8Array(body) });
    // 412: an earlier run put it there, and its answer was lost.
    if (!answer.ok && answer.status !== 412) throw new Error(`The storage refused a demo file with status ${answer.status}.`);
  }
  await completeFile({ actor, now: new Date(), fileId, segmentCount: 1, rawSha256: sha256(content) });
}
