import { describe, expect, it } from 'vitest';
import { fileName, safeFileName, segmentKey } from './file-name';

describe('a file name from outside', () => {
  it.each(['../etc/passwd', 'a/b', 'a\\b', 'a\u0000b', 'a\nb', 'a\r\nX-Header: 1', '', '   ', '.', '..', 'x'.repeat(1000), 42, null])('refuses %j', (name) => {
    expect(fileName.safeParse(name).success).toBe(false);
  });

  it('drops direction marks that would make an ending look like another', () => {
    expect(fileName.parse('dump\u202Egpj.exe')).toBe('dumpgpj.exe');
  });

  it('keeps emoji and other scripts', () => {
    expect(fileName.parse(' журнал 🧨.log ')).toBe('журнал 🧨.log');
  });
});

describe('the name within a key', () => {
  it.each([
    ['heap.hprof', 'heap.hprof'],
    ['server.log.gz', 'server.log'],
    ['Zoë Žižek.hprof', 'Zoe_Zizek.hprof'],
    ['журнал.log', 'log'],
    ['🧨', 'file'],
    ['...', 'file'],
    ['-rf', 'rf'],
    ['a b;c$(d).log', 'a_b_c_d_.log'],
  ])('makes %s into %s', (name, expected) => {
    expect(safeFileName(name)).toBe(expected);
  });

  it('stays short and keeps the ending', () => {
    const safe = safeFileName(`${'a'.repeat(300)}.hprof`);
    expect(safe).toHaveLength(100);
    expect(safe.endsWith('.hprof')).toBe(true);
  });

  it('numbers the segments unless the file was reserved as one', () => {
    const file = { reference: 'AL-7K3M-Q2ZD', fileId: 'id', safeName: 'heap.hprof' };
    expect(segmentKey({ ...file, isSingleObject: true }, 1)).toBe('AL-7K3M-Q2ZD/id/heap.hprof.gz');
    expect(segmentKey({ ...file, isSingleObject: false }, 12)).toBe('AL-7K3M-Q2ZD/id/heap.hprof.gz.0012');
    expect(segmentKey({ ...file, isSingleObject: false }, 16384)).toBe('AL-7K3M-Q2ZD/id/heap.hprof.gz.16384');
  });
});
