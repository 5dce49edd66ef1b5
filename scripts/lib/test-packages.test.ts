import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DEBIAN_CHROMIUM } from './find-browser';
import { ensureHeadlessShell, ensurePdfsig, type Machine, thisMachine } from './test-packages';

type Wish = { readonly isThere?: boolean; readonly isRoot?: boolean; readonly hasApt?: boolean; /** Which runs of apt-get fail, counted from 1. */ readonly failing?: readonly number[] };

/** A machine on which `pdfsig` appears once a package was installed; what was said of it, and what was run on it. */
function makeMachine({ isThere = false, isRoot = true, hasApt = true, failing = [] }: Wish) {
  const [said, ran]: [string[], string[]] = [[], []];
  let has = isThere;
  const machine: Machine = {
    isRoot,
    hasApt,
    has: () => Promise.resolve(has),
    run: (command, args) => {
      ran.push([command, ...args.filter((arg) => !arg.startsWith('-') && !arg.includes('='))].join(' '));
      const ok = !failing.includes(ran.length);
      if (ok && args.includes('install')) has = true;
      return Promise.resolve(ok);
    },
  };
  return { machine, said, ran, say: (sentence: string) => void said.push(sentence) };
}

async function tryOn(wish: Wish) {
  const { machine, said, ran, say } = makeMachine(wish);
  return { ok: await ensurePdfsig(say, machine), said, ran };
}

async function tryShell(wish: Wish, browser: string | undefined = DEBIAN_CHROMIUM) {
  const { machine, said, ran, say } = makeMachine(wish);
  await ensureHeadlessShell(say, machine, browser);
  return { said, ran };
}

const INSTALL = 'apt-get install poppler-utils';
const SKIPPED = expect.stringMatching(/^Skipped: pdfsig missing\./) as string;

describe('pdfsig for the tests', () => {
  it('is left alone where it is there', async () => {
    expect(await tryOn({ isThere: true })).toEqual({ ok: true, said: [], ran: [] });
  });

  it('is installed by root where apt is, and the lists are fetched only where they lack it', async () => {
    expect(await tryOn({})).toMatchObject({ ok: true, ran: [INSTALL] });
    expect(await tryOn({ failing: [1] })).toMatchObject({ ok: true, ran: [INSTALL, 'apt-get update', INSTALL] });
  });

  it('is said to be missing where it cannot be installed, and nothing fails', async () => {
    expect(await tryOn({ isRoot: false })).toEqual({ ok: false, said: [SKIPPED], ran: [] });
    expect(await tryOn({ hasApt: false })).toEqual({ ok: false, said: [SKIPPED], ran: [] });
    expect(await tryOn({ failing: [1, 2] })).toMatchObject({ ok: false, said: [expect.any(String), SKIPPED], ran: [INSTALL, 'apt-get update'] });
    expect(await tryOn({ failing: [1, 3] })).toMatchObject({ ok: false, said: [expect.any(String), SKIPPED] });
  });

  const folder = mkdtempSync(path.join(tmpdir(), 'airlock-pdfsig-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is looked for on the PATH', async () => {
    expect(await thisMachine({ PATH: folder }).has('pdfsig')).toBe(false);
    writeFileSync(path.join(folder, 'pdfsig'), '#!/bin/sh\nexit 0\n');
    chmodSync(path.join(folder, 'pdfsig'), 0o700);
    expect(await thisMachine({ PATH: folder }).has('pdfsig')).toBe(true);
    expect(await thisMachine({ PATH: folder }).run('apt-get-that-is-nowhere', [])).toBe(false);
  });
});

describe('the shell without windows', () => {
  const SHELL = 'apt-get install chromium-headless-shell';
  it('is installed by root beside Debian\'s Chromium, and beside no other', async () => {
    expect(await tryShell({})).toMatchObject({ ran: [SHELL] });
    for (const browser of ['', '/usr/bin/google-chrome', '/somewhere/chrome']) expect(await tryShell({}, browser)).toEqual({ said: [], ran: [] });
    for (const wish of [{ isRoot: false }, { hasApt: false }]) expect(await tryShell(wish)).toEqual({ said: [], ran: [] });
  });

  it('is done without where it cannot be installed', async () => {
    expect(await tryShell({ failing: [1, 2] })).toEqual({ ran: [SHELL, 'apt-get update'], said: [expect.any(String), expect.stringMatching(/could not be installed/)] });
  });
});
