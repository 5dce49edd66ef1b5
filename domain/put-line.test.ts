import { describe, expect, it } from 'vitest';
import { putLine, putLineInput, shellWord } from './put-line';

const HASH = 'ab'.repeat(32);
const input = (change: object = {}) => putLineInput.safeParse({ reference: 'AL-7K3M-Q2ZD', name: 'heap.hprof.gz', kind: 'heap_dump', sizeBytes: ' 1234\n', sha256: HASH, ...change });
const errorOf = (change: object) => input(change).error?.issues[0]?.message;

describe('what a customer says of a file', () => {
  it('may be pasted as wc and sha256sum print it', () => {
    expect(input().data).toMatchObject({ sizeBytes: 1234, sha256: HASH });
    for (const sha256 of [`${HASH}  heap.hprof.gz\n`, `\\${HASH.toUpperCase()}  a\\\\b.gz`]) expect(input({ sha256 }).data?.sha256).toBe(HASH);
  });

  it('is refused with a sentence where it cannot be one object of one PUT', () => {
    expect(errorOf({ sizeBytes: String(5 * 1024 ** 3 + 1) })).toContain('5 GiB');
    expect(input({ sizeBytes: String(5 * 1024 ** 3) }).success).toBe(true);
    for (const sizeBytes of ['0', '-1', '1e3', '0x10', '12 34', '', '9'.repeat(30)]) expect(input({ sizeBytes }).success, sizeBytes).toBe(false);
    for (const sha256 of ['', HASH.slice(1), `${HASH}0`, `x${HASH}`]) expect(errorOf({ sha256 }), sha256).toContain('SHA-256');
    for (const name of ['a\nb.gz', '../x.gz', 'a\0', '']) expect(input({ name }).success).toBe(false);
  });
});

describe('the line for curl', () => {
  it('is one line, holds every signed header but the length, and quotes each word', () => {
    const line = putLine({ name: "it's $(id) [1-3] {a,b} `x` \"q\" \\ !.gz", url: 'https://s3.example/x?a=1&b=2', headers: { 'content-length': '5', 'if-none-match': '*', 'x-amz-checksum-sha256': 'a+b/=' } });
    expect(line).toBe("curl -f -S -# -g -o /dev/null -T './it'\\''s $(id) [1-3] {a,b} `x` \"q\" \\ !.gz' -H 'if-none-match: *' -H 'x-amz-checksum-sha256: a+b/=' 'https://s3.example/x?a=1&b=2'");
  });

  it('keeps a name that looks like an option, or like standard input, a file', () => {
    for (const name of ['-', '--config', '-o']) expect(putLine({ name, url: 'u', headers: {} })).toContain(`-T './${name}'`);
  });

  it('quotes what is empty and what holds nothing but quotes', () => {
    expect(['', "'", "''"].map(shellWord)).toEqual(["''", "''\\'''", "''\\'''\\'''"]);
  });
});
