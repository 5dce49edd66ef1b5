import { chownSync, existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join, parse } from 'node:path';
import { isAlive } from './processes';
import { StartError, systemCode } from './start-error';

/** PostgreSQL refuses to run as root; started by root it runs as `nobody` (65534 on Linux). */
const UNPRIVILEGED = { uid: 65_534, gid: 65_534 } as const;

/** Only root can write here, so nobody else can have laid a folder or a link in the way beforehand. */
const OUTSIDE = '/var/lib/airlock-embedded-postgres';

/** Where the cluster of one data folder lies, and which account runs it. */
export interface PostgresHome {
  /** The folder that holds `data` and, where needed, a copy of the programs. */
  home: string;
  /** Set when the server has to run as another account than the launcher. */
  runAs: { uid: number; gid: number } | undefined;
  /** Whether the account that runs the server can enter this folder. */
  reachable: (folder: string) => boolean;
}

/**
 * `<dataDir>/postgres`, unless the launcher is root and `nobody` cannot get there (a data folder is 0700, and so is /root): then it
 * is a link to a folder outside, whose name is drawn at random, so that a data folder that is moved or set aside keeps its database.
 * A `temporary` home is one of a test run: what a killed run left outside goes at the next one.
 */
export function preparePostgresHome(dataDir: string, { temporary = false, isRoot = process.getuid?.() === 0 } = {}): PostgresHome {
  const inside = join(dataDir, 'postgres');
  const found = lstatSync(inside, { throwIfNoEntry: false });
  if (!isRoot) {
    if (found && found.uid !== process.getuid?.()) throw foreign(inside);
    mkdirSync(inside, { recursive: true, mode: 0o700 });
    return { home: inside, runAs: undefined, reachable: () => true };
  }
  if (!found?.isSymbolicLink() && isOpenToOthers(dataDir)) {
    mkdirSync(inside, { recursive: true, mode: 0o755 });
    chownSync(inside, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
    return { home: inside, runAs: UNPRIVILEGED, reachable: isOpenToOthers };
  }
  if (found && !found.isSymbolicLink()) throw foreign(inside);
  removeLeftBehind();
  const home = found ? readlinkSync(inside) : join(OUTSIDE, `${temporary ? `test-${process.pid}-` : ''}${randomBytes(8).toString('hex')}`);
  if (dirname(home) !== OUTSIDE) throw new StartError(`${inside} leads to a folder that is not the embedded database's; remove that link, or choose another folder with AIRLOCK_DATA_DIR.`);
  makeOutside(home);
  if (!found) symlinkSync(home, inside);
  return { home, runAs: UNPRIVILEGED, reachable: isOpenToOthers };
}

/** Removes a data folder together with its cluster, wherever that lies. */
export function removeDataFolder(dataDir: string): void {
  const inside = join(dataDir, 'postgres');
  if (lstatSync(inside, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const home = readlinkSync(inside);
    if (dirname(home) === OUTSIDE) rmSync(home, { recursive: true, force: true });
  }
  rmSync(dataDir, { recursive: true, force: true });
}

function makeOutside(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o755 });
    chownSync(home, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
  } catch (error) {
    throw new StartError(
      `PostgreSQL cannot run as root, and the folder ${home} for its files cannot be made (${systemCode(error) ?? 'unknown'}): start as an ordinary user, or give a database of your own in DATABASE_URL.`,
    );
  }
}

function removeLeftBehind(): void {
  for (const name of existsSync(OUTSIDE) ? readdirSync(OUTSIDE) : []) {
    const run = /^test-(\d+)-/.exec(name);
    if (run && !isAlive(Number(run[1]))) rmSync(join(OUTSIDE, name), { recursive: true, force: true });
  }
}

function foreign(inside: string): StartError {
  return new StartError(`The database in ${inside} was made by another account: start as that account, or choose another folder with AIRLOCK_DATA_DIR.`);
}

function isOpenToOthers(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (path === parse(path).root) return true;
  }
}
