import { chmodSync, closeSync, fchmodSync, fstatSync, mkdirSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ARCHIVE, formatLogName, highestNumber, LOG_MAX_BYTES, logDay, type LogName } from './log-names';

export type RotatingFileOptions = {
  /** Made where it is missing, 0700. */
  readonly folder: string;
  readonly name: string;
  readonly ending: LogName['ending'];
  readonly maxBytes?: number;
  readonly now?: () => Date;
};

/** What is in a folder, or nothing where there is none. */
export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * A log that goes on in another file with each day (UTC) and whenever one is full (P-LOGS), each 0600. Several processes may write the same
 * log: a file is only ever appended to, and nobody renames one that others may have open.
 */
export class RotatingFile {
  private descriptor: number | undefined;
  private day = '';
  private path = '';
  private readonly maxBytes: number;
  private readonly now: () => Date;

  constructor(private readonly options: RotatingFileOptions) {
    this.maxBytes = options.maxBytes ?? LOG_MAX_BYTES;
    this.now = options.now ?? (() => new Date());
  }

  /** The file that the next line goes to. Opens it. */
  get file(): string {
    this.ready();
    return this.path;
  }

  /** Appends whole lines. A disk that is full or gone loses lines; it does not end the process. */
  write(text: string): void {
    try {
      const descriptor = this.ready();
      writeSync(descriptor, text);
    } catch {
      this.close();
    }
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private ready(): number {
    const day = logDay(this.now());
    if (this.descriptor !== undefined && day === this.day) {
      const { size, nlink } = fstatSync(this.descriptor);
      if (size < this.maxBytes && nlink > 0) return this.descriptor;
    }
    this.close();
    this.day = day;
    return this.open(day);
  }

  private open(day: string): number {
    const { folder, name, ending } = this.options;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    // What is archived counts too, so that a clock that was set back does not begin a file of the same name again.
    const archived = highestNumber(filesIn(path.join(folder, ARCHIVE)), name, day);
    const highest = Math.max(archived, highestNumber(filesIn(folder), name, day));
    const at = (number: number) => path.join(folder, formatLogName({ name, day, number, ending }));
    const isUsable = highest > archived && (statSync(at(highest), { throwIfNoEntry: false })?.size ?? this.maxBytes) < this.maxBytes;
    this.path = at(isUsable ? highest : highest + 1);
    this.descriptor = openSync(this.path, 'a', 0o600);
    fchmodSync(this.descriptor, 0o600);
    return this.descriptor;
  }
}
