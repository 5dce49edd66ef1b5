import { type UserActor } from '@/domain/actor';
import { appendAuditEvent } from '../audit/append-audit-event';
import { getDb, inTransaction, type Prisma } from '../db';
import { log } from '../logger';
import { ObjectMissingError, openSegment } from '../storage/open-segment';
import { getBucket, getS3 } from '../storage/s3-client';
import { type GrantFile } from './raw-read-gate';

export type SegmentSource = { readonly key: string; readonly versionId: string | null; readonly sizeBytes: number };

export type RawStream = {
  readonly actor: UserActor;
  readonly grantId: string;
  readonly fileId: string;
  readonly found: GrantFile;
  readonly segments: readonly SegmentSource[];
  readonly clock: () => Date;
};

/** How a read ended. `broken`: the storage failed or an object was gone. */
type End = 'whole' | 'reader_left' | 'grant_ended' | 'broken';

/** Bytes after which the grant is looked at again. */
const LOOK_AGAIN_BYTES = 8 * 1024 * 1024;

class GrantEndedError extends Error {
  override readonly name = 'GrantEndedError';
}

/** A grant that was revoked, or whose time came, ends what is read under it; and so does the order to erase the file, and the end of its reader's account or role. */
async function assertInForce({ actor, grantId, fileId, clock }: RawStream): Promise<void> {
  const held = { fileId, file: { erasureOrderedAt: null, state: { notIn: ['expired', 'erased'] } } } satisfies Prisma.RawAccessGrantFileWhereInput;
  const inForce = await getDb().rawAccessGrant.count({ where: { id: grantId, state: 'granted', endsAt: { gt: clock() }, files: { some: held } } });
  const reader = await getDb().user.count({ where: { id: actor.userId, role: 'data_admin', disabledAt: null } });
  if (inForce !== 1 || reader !== 1) throw new GrantEndedError('The grant is over.');
}

async function* bytesOf(read: RawStream, signal: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  let sinceLook = LOOK_AGAIN_BYTES;
  for (const { key, versionId, sizeBytes } of read.segments) {
    for await (const chunk of openSegment({ s3: getS3(), bucket: getBucket(), key, versionId, sizeBytes, signal })) {
      if (sinceLook >= LOOK_AGAIN_BYTES) {
        await assertInForce(read);
        sinceLook = 0;
      }
      sinceLook += chunk.length;
      yield chunk;
    }
  }
}

async function recordEnd({ actor, grantId, fileId, found, clock }: RawStream, deliveredBytes: number, how: End): Promise<void> {
  const now = clock();
  await inTransaction(async (tx) => {
    await tx.rawAccessGrantFile.updateMany({ where: { grantId, fileId, readEndedAt: null }, data: { readEndedAt: now, deliveredBytes: BigInt(deliveredBytes), isWhole: how === 'whole' } });
    await appendAuditEvent(tx, now, { type: 'raw_access.read_ended', actor, organizationId: found.organizationId, caseId: found.caseId, fileId, data: { grantId, bytes: deliveredBytes, how } });
  });
}

function endOf(error: unknown): End {
  if (error instanceof GrantEndedError) return 'grant_ended';
  if (!(error instanceof ObjectMissingError)) log('warn', 'raw-read-broken', { error });
  return 'broken';
}

/**
 * The joined objects as a stream that is pulled by its reader, so that nothing piles up in memory. However it ends is recorded, with the bytes that were handed over:
 * before the last of them is said to be the last.
 */
export function streamRawBytes(read: RawStream): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const bytes = bytesOf(read, stop.signal);
  let delivered = 0;
  let isOver = false;
  const end = async (how: End) => {
    if (isOver) return;
    isOver = true;
    await recordEnd(read, delivered, how);
  };
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await bytes.next();
          if (isOver) return;
          if (done) {
            await end('whole');
            controller.close();
          } else {
            delivered += value.length;
            controller.enqueue(value);
          }
        } catch (error) {
          if (isOver) return;
          await end(endOf(error));
          controller.error(error);
        }
      },
      cancel: async () => {
        await end('reader_left');
        stop.abort();
        await bytes.return();
      },
    },
    { highWaterMark: 0 },
  );
}
