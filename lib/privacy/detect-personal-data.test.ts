import { describe, expect, it } from 'vitest';
import { detectPersonalData, nameFindings } from './detect-personal-data';

describe('the look for personal data in a description', () => {
  it.each([
    ['Ask jane.doe+x@example.co.uk', ['email']],
    ['müller@straße.example', ['email']],
    ['connection from 10.20.30.40 refused', ['ip_address']],
    ['Look at 10.1.2.3.', ['ip_address']],
    ['peer 2001:db8::8a2e:370:7334 left', ['ip_address']],
    ['peer 2001:db8:0:0:0:8a2e:370:7334 left', ['ip_address']],
    ['password=hunter22', ['secret']],
    ['"apiKey": "abcd1234"', ['secret']],
    ['Authorization: Bearer abcdefghijklmnop1234', ['secret']],
    ['jdbc:postgresql://admin:s3cret@db/app', ['secret']],
    ['JSESSIONID=A1B2C3D4E5F6A7B8', ['secret']],
    ['-----BEGIN RSA PRIVATE KEY-----', ['secret']],
    ['bo@example.com from 192.0.2.7, token eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl', ['email', 'ip_address']],
  ])('finds what stands in "%s"', (text, kinds) => expect(detectPersonalData(text)).toEqual(expect.arrayContaining(kinds)));

  it.each([
    '',
    'The service stops with java.lang.OutOfMemoryError: Java heap space at 10:20:30.',
    'Version 8.3.1.2 and Tomcat/10.1.30.0 are affected, 9.0.1 is not.',
    'It listens on 127.0.0.1 and 0.0.0.0.',
    'Annotations such as @Override and a mention of user@host without a domain',
    'Forgot password: the page does not open. Password reset fails.',
    'at com.example.Foo$1.run(Foo.java:42)',
    'Stamp 2026-11-27T10:20:30.123Z, thread 0x00007f12:ab',
    'image: registry/airlock@1.2.3',
  ])('finds nothing in "%s"', (text) => expect(detectPersonalData(text)).toEqual([]));

  it('answers at once for a long hostile text', () => {
    for (const text of ['a@'.repeat(50_000), '1.'.repeat(50_000), 'a:'.repeat(50_000), 'a'.repeat(100_000), 'http://a:'.repeat(10_000)]) {
      expect(detectPersonalData(text)).toEqual([]);
    }
  }, 60_000);

  it('names what it found in a sentence', () => {
    expect(nameFindings(['email'])).toBe('an e-mail address');
    expect(nameFindings(['email', 'ip_address', 'secret'])).toBe('an e-mail address, a network address and a password, key or token');
  });
});
