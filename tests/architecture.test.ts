import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const ROOMS = ['app', 'components', 'content', 'domain', 'deploy', 'embedded-s3', 'e2e', 'docs', 'lib', 'prisma', 'public', 'scripts', 'server', 'tests', 'worker', 'bench'];
const SOURCE = /\.(ts|tsx)$/;

function sources(room: string): string[] {
  try {
    return readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(room, name))
      .filter((name) => SOURCE.test(name) && !name.includes('prisma/generated') && !name.includes('node_modules'));
  } catch {
    return [];
  }
}

/** `@/room/file` and relative imports as paths from the root, without their ending. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found = [...text.matchAll(/^\s*(?:import|export)\s(?!type\b)[^'"]*?from\s+['"]([^'"]+)['"]/gm)].map(([, target]) => target ?? '');
  return found.flatMap((target) => {
    if (target.startsWith('@/')) return [target.slice(2)];
    if (target.startsWith('.')) return [path.join(path.dirname(file), target)];
    return [];
  });
}

const MAY_REACH: Record<string, readonly string[]> = {
  domain: ['domain'],
  lib: ['lib', 'domain'],
  components: ['components', 'lib', 'domain', 'app'],
  server: ['server', 'domain', 'lib', 'prisma'],
  worker: ['worker', 'server', 'domain'],
};

describe('the house', () => {
  it('has no room that the layout does not name', () => {
    const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
    const folders = new Set(tracked.filter((name) => name.includes('/') && !name.startsWith('.')).map((name) => name.slice(0, name.indexOf('/'))));
    expect([...folders].filter((folder) => !ROOMS.includes(folder))).toEqual([]);
  });

  it.each(Object.entries(MAY_REACH))('lets %s reach only what it may', (room, allowed) => {
    const trespasses = sources(room)
      .filter((file) => !/\.test\.tsx?$/.test(file))
      .flatMap((file) => importsOf(file).filter((target) => !allowed.includes(target.split('/')[0] ?? '')).map((target) => `${file} -> ${target}`));
    expect(trespasses).toEqual([]);
  });

  it('lets components reach the app only for its server actions', () => {
    const reached = sources('components').flatMap((file) => importsOf(file).filter((target) => target.startsWith('app/')).map((target) => `${file} -> ${target}`));
    expect(reached.filter((arrow) => !/actions?$/.test(arrow))).toEqual([]);
  });

  it('has no import cycles', () => {
    const files = Object.keys(MAY_REACH).concat('app').flatMap(sources).filter((file) => !/\.test\.tsx?$/.test(file));
    const known = new Map(files.map((file) => [file.replace(/(\/index)?\.tsx?$/, ''), file]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
        return;
      }
      if (done.has(file)) return;
      for (const target of importsOf(file)) {
        const next = known.get(target.replace(/\.tsx?$/, ''));
        if (next) visit(next, [...trail, file]);
      }
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('has no barrel files', () => {
    const barrels = Object.keys(MAY_REACH).flatMap(sources).filter((file) => /\/index\.tsx?$/.test(file));
    expect(barrels).toEqual([]);
  });
});
