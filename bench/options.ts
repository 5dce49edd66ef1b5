import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** What can be measured, by the names that `--only` takes. */
export const PIECES = [
  'heap-loopback', 'heap-50', 'heap-10', 'log-loopback', 'script-gzip', 'script-pigz',
  'idle', 'tasks', 'fault', 'script-memory', 'memory-20g', 'huge',
] as const;
export type Piece = (typeof PIECES)[number];
/** Those that need tens of gigabytes to be read or written run only where they are named. */
const BY_NAME_ONLY: readonly Piece[] = ['memory-20g', 'huge'];

export interface Options {
  readonly pieces: ReadonlySet<Piece>;
  readonly runs: number;
  readonly sizeBytes: number;
  /** Files to send stay here for the next time; everything else in it is gone afterwards. */
  readonly folder: string;
  readonly port: number;
  /** A heap dump of one's own instead of a written one. */
  readonly heapDump: string | null;
}

/** Thrown for what was called wrongly; the message is for a person. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm run bench -- [options]

  --only NAME,...   ${PIECES.slice(0, 6).join(', ')},
                    ${PIECES.slice(6).join(', ')}; a prefix such as "heap" names all that begin so
                    (default: all but ${BY_NAME_ONLY.join(' and ')})
  --runs N          runs of each comparison, of which the median counts (default 5)
  --size MB         size of the heap dump and the log (default 524, at least 32)
  --heap-dump FILE  measures with a heap dump of your own
  --folder FOLDER   where files and the portal's data lie while it runs (default: in the temporary folder)
  --port N          port of the portal (default 4740)`;

/** Throws {@link UsageError}. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  return {
    pieces: new Set(values.only === undefined ? PIECES.filter((piece) => !BY_NAME_ONLY.includes(piece)) : values.only.split(',').flatMap(piecesOf)),
    runs: wholeNumber('--runs', values.runs ?? '5', 1),
    sizeBytes: wholeNumber('--size', values.size ?? '524', 32) * 1e6,
    folder: values.folder ?? join(tmpdir(), 'airlock-bench'),
    port: wholeNumber('--port', values.port ?? '4740', 1024),
    heapDump: values['heap-dump'] ?? null,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], options: { only: text, runs: text, size: text, folder: text, port: text, 'heap-dump': text } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function piecesOf(name: string): Piece[] {
  const meant = PIECES.filter((piece) => piece === name);
  const begun = meant.length > 0 ? meant : PIECES.filter((piece) => piece.startsWith(name) && name !== '');
  if (begun.length === 0) throw new UsageError(`There is no piece "${name}".`);
  return begun;
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new UsageError(`${option} takes a whole number from ${least}.`);
  return value;
}
