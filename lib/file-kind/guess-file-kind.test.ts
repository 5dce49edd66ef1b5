import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { guessFileKind } from './guess-file-kind';
import { sniffFormat } from './sniff-format';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const HPROF = bytes('JAVA PROFILE 1.0.2\0\0\0\0\x08');
const GZIP = Uint8Array.from(gzipSync('anything'));
const TEXT = bytes('2026-11-03 04:12:09 INFO started\n');
const BINARY = Uint8Array.of(0, 1, 2, 3, 0xff, 0xfe, 0xfd);
const TAR = Uint8Array.from([...new Uint8Array(257), ...bytes('ustar\x0000')]);
const elf = (type: number, isBig = false) => Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, isBig ? 2 : 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, isBig ? 0 : type, isBig ? type : 0);

describe('the format', () => {
  it.each<[string, Uint8Array]>([
    ['hprof', HPROF], ['hprof', bytes('JAVA PROFILE 1.0.1\0')], ['gzip', GZIP], ['zip', bytes('PK\x03\x04....')], ['tar', TAR], ['postgres_custom', bytes('PGDMP\x01\x0e')],
    ['postgres_sql', bytes('--\n-- PostgreSQL database dump\n--\n\nSET x;')], ['postgres_sql', bytes('--\r\n-- PostgreSQL database cluster dump\r\n')], ['sqlite', bytes('SQLite format 3\0')],
    ['elf_core', elf(4)], ['elf_core', elf(4, true)], ['elf', elf(2)], ['jfr', bytes('FLR\0\0\x02')], ['text', TEXT], ['text', bytes('caf\xe9 au lait, all in Latin-1 text\n')],
    ['text', Uint8Array.of(0xff, 0xfe, 0x41, 0)], ['text', bytes('\x1b[31mred\x1b[0m\n')], ['empty', new Uint8Array()], ['unknown', BINARY], ['text', bytes('JAVA PROFILE 9')],
  ])('%s is known by its first bytes', (format, head) => expect(sniffFormat(head)).toBe(format));

  it('of text is seen although a character is cut at the end', () => {
    expect(sniffFormat(Uint8Array.from(Buffer.from('Zeitüberschreitung ä').subarray(0, -1)))).toBe('text');
  });
});

describe('the kind', () => {
  it.each([
    ['heap.bin', HPROF, 'heap_dump', 'certain'],
    ['server.log', HPROF, 'heap_dump', 'certain'],
    ['java_pid4711.hprof.gz', GZIP, 'heap_dump', 'likely'],
    ['catalina.out', TEXT, 'component_log', 'likely'],
    ['orders.log', TEXT, 'component_log', 'likely'],
    ['orders.log.2026-11-03.gz', GZIP, 'component_log', 'likely'],
    ['localhost_access_log.2026-11-03.txt', TEXT, 'component_log', 'likely'],
    ['/var/log/syslog', TEXT, 'os_log', 'likely'],
    ['C:\\logs\\messages-20261103.gz', GZIP, 'os_log', 'likely'],
    ['dmesg.txt', TEXT, 'os_log', 'likely'],
    ['nightly.dump', bytes('PGDMP\x01'), 'database_backup', 'certain'],
    ['nightly.sql.gz', GZIP, 'database_backup', 'likely'],
    ['dump.sql', bytes('--\n-- PostgreSQL database dump\n'), 'database_backup', 'certain'],
    ['core.4711', elf(4), 'other', 'certain'],
    ['notes', TEXT, 'component_log', 'unsure'],
    ['data.gz', GZIP, 'other', 'unsure'],
    ['mystery', BINARY, 'other', 'unsure'],
    ['empty', new Uint8Array(), 'other', 'unsure'],
    ['heap.hprof', new Uint8Array(), 'heap_dump', 'unsure'],
    ['heap.hprof', TEXT, 'other', 'unsure'],
    ['orders.log', BINARY, 'other', 'unsure'],
  ])('of %s is guessed', (name, head, kind, confidence) => expect(guessFileKind(name, head)).toMatchObject({ kind, confidence }));

  it('comes with a plain reason, whatever the name holds', () => {
    for (const name of ['', '.', '../../etc/passwd', 'a\0b', '\u202egpj.exe', 'x'.repeat(10_000), '🙂.log', `${'.gz'.repeat(5000)}`]) {
      expect(guessFileKind(name, TEXT).reason).toMatch(/^[A-Z].*\.$/);
    }
  });
});
