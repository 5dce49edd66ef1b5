import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { type ChecksumAlgorithm, startChecksum } from '../checksum/checksums';
import { FILE_MODE, temporaryPath } from './files';

/** Bytes gathered before one write to the disk. With it memory stays flat, whatever the size of the body. */
const WRITE_BYTES = 1024 * 1024;

/** A body on the disk, synced, under a temporary name. Whoever has it either stores or discards it. */
export interface ReceivedBody {
  temporaryFile: string;
  sizeBytes: number;
  md5: Buffer;
  sha256Hex: string | undefined;
  /** base64 of the algorithm asked for */
  checksum: string | undefined;
}

export interface WantedHashes {
  sha256Hex: boolean;
  checksum: ChecksumAlgorithm | undefined;
}

async function writeFully(handle: FileHandle, buffers: Buffer[], length: number): Promise<void> {
  const { bytesWritten } = await handle.writev(buffers);
  if (bytesWritten === length) return;
  const rest = Buffer.concat(buffers).subarray(bytesWritten);
  for (let offset = 0; offset < rest.length; ) offset += (await handle.write(rest, offset)).bytesWritten;
}

/** Gathers pieces into large writes and keeps one of them in flight, so that hashing goes on while the disk works. */
class GatheringWriter {
  private gathered: Buffer[] = [];
  private gatheredBytes = 0;
  private inFlight: Promise<void> = Promise.resolve();

  constructor(private readonly handle: FileHandle) {}

  async add(piece: Buffer): Promise<void> {
    this.gathered.push(piece);
    this.gatheredBytes += piece.length;
    if (this.gatheredBytes >= WRITE_BYTES) await this.startWrite();
  }

  private async startWrite(): Promise<void> {
    await this.inFlight;
    this.inFlight = writeFully(this.handle, this.gathered, this.gatheredBytes);
    // A failure is thrown by whoever awaits it next; until then it is not an unhandled one.
    this.inFlight.catch(() => undefined);
    [this.gathered, this.gatheredBytes] = [[], 0];
  }

  async finish(): Promise<void> {
    if (this.gatheredBytes > 0) await this.startWrite();
    await this.inFlight;
    await this.handle.sync();
  }

  /** Resolves once nothing is being written any more, however it went. */
  settled(): Promise<void> {
    return this.inFlight.catch(() => undefined);
  }
}

/** Streams a body into a temporary file, hashing on the way; the sender is slowed to the disk's speed. On any error nothing is left. */
export async function receiveBody(temporaryFolder: string, body: AsyncIterable<Buffer>, wanted: WantedHashes): Promise<ReceivedBody> {
  const temporaryFile = temporaryPath(temporaryFolder);
  const md5 = createHash('md5');
  const sha256 = wanted.sha256Hex ? createHash('sha256') : undefined;
  const checksum = wanted.checksum ? startChecksum(wanted.checksum) : undefined;
  const handle = await open(temporaryFile, 'wx', FILE_MODE);
  const writer = new GatheringWriter(handle);
  try {
    let sizeBytes = 0;
    for await (const piece of body) {
      for (const hash of [md5, sha256, checksum]) hash?.update(piece);
      sizeBytes += piece.length;
      await writer.add(piece);
    }
    await writer.finish();
    return { temporaryFile, sizeBytes, md5: md5.digest(), sha256Hex: sha256?.digest('hex'), checksum: checksum?.digest() };
  } catch (error) {
    await rm(temporaryFile, { force: true });
    throw error;
  } finally {
    await writer.settled();
    await handle.close();
  }
}
