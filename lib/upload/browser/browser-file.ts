import type { SourceFile } from '../ports';
import { FileUnreadableError } from '../upload-errors';

/** A chosen file of the browser. `blob` can be sent to a worker without being read. */
export class BrowserFile implements SourceFile {
  readonly blob: Blob;
  readonly name: string;
  readonly sizeBytes: number;
  readonly lastModifiedMs: number;
  /** Where the browser has them (File System Access), what lets the file be opened again after a reload. */
  readonly handle: FileSystemFileHandle | null;

  constructor(file: File, handle: FileSystemFileHandle | null = null) {
    this.handle = handle;
    this.blob = file;
    this.name = file.name;
    this.sizeBytes = file.size;
    this.lastModifiedMs = file.lastModified;
  }
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    return readBlob(this.blob, start, end);
  }
}

/**
 * Reads a slice. Browsers refuse to read a file that was changed or removed since it was chosen (File API, section 4.1: `NotReadableError`,
 * `NotFoundError`), which is how a file that is still being written is noticed.
 */
export async function readBlob(blob: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.slice(start, end).arrayBuffer());
  } catch (cause) {
    throw new FileUnreadableError('The browser refused to read the file.', { cause });
  }
}
