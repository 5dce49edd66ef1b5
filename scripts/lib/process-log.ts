import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const LARGEST_BYTES = 5_000_000;

export interface ProcessLog {
  file: string;
  write: (line: string) => void;
  /** The last lines that were written by this process. */
  tail: () => string[];
  close: () => void;
}

/** A file in `<dataDir>/logs` for what a process prints, 0600; the one before is kept as `.1` when it grew large. */
export function openProcessLog(dataDir: string, name: string): ProcessLog {
  const file = join(dataDir, 'logs', `${name}.log`);
  if (existsSync(file) && statSync(file).size > LARGEST_BYTES) renameSync(file, `${file}.1`);
  const descriptor = openSync(file, 'a', 0o600);
  const lines: string[] = [];
  let open = true;
  return {
    file,
    write: (line) => {
      if (!open) return;
      lines.push(line);
      if (lines.length > 20) lines.shift();
      writeSync(descriptor, `${line}\n`);
    },
    tail: () => [...lines],
    close: () => {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

/** The line that says most about why a Node process ended: that of its error, or else its last. Ends with a full stop. */
export function lastWords(lines: readonly string[]): string {
  const line =
    lines.findLast((text) => /^\s*(⨯ )?\w*Error\b/.test(text)) ?? lines.findLast((text) => text.trim() !== '' && !text.startsWith('Node.js v')) ?? 'it said nothing';
  return line.trim().replace(/\.?$/, '.');
}
