import { join } from 'node:path';
import { RotatingFile } from '@/server/log/rotating-file';

export interface ProcessLog {
  /** Where the next line goes. */
  readonly file: string;
  write: (line: string) => void;
  /** The last lines that were written by this process. */
  tail: () => string[];
  close: () => void;
}

/** A log in `<dataDir>/logs` for what a process prints, 0600: another file each day and when one is full; the worker archives what is finished. */
export function openProcessLog(dataDir: string, name: string): ProcessLog {
  const log = new RotatingFile({ folder: join(dataDir, 'logs'), name, ending: 'log' });
  const lines: string[] = [];
  let open = true;
  return {
    file: log.file,
    write: (line) => {
      if (!open) return;
      lines.push(line);
      if (lines.length > 20) lines.shift();
      log.write(`${line}\n`);
    },
    tail: () => [...lines],
    close: () => {
      log.close();
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
