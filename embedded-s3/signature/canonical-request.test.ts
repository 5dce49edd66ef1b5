import { describe, expect, it } from 'vitest';
import { readRequestHeaders } from '../request-headers';
import { parseRequestTarget } from '../request-target';
import { authenticate } from './authenticate';
import { deriveSigningKey, EMPTY_SHA256, equalInConstantTime, uriEncode } from './canonical-request';

// Keys and signatures as AWS publishes them: "Examples: signature calculations in AWS Signature Version 4" (Amazon S3 API reference).
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const HOST = 'examplebucket.s3.amazonaws.com';
const now = new Date('2013-05-24T00:00:00Z');

function check(method: string, url: string, headers: Record<string, string>) {
  const target = parseRequestTarget(url, HOST);
  const all = readRequestHeaders(Object.entries({ Host: HOST, ...headers }).flat());
  return authenticate({ method, path: target.path, query: target.query, headers: all, credentials, region: 'us-east-1', now });
}

function authorization(signedHeaders: string, signature: string): string {
  return `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`;
}

describe("AWS's published signatures", () => {
  it('derives the signing key of the IAM documentation', () => {
    const key = deriveSigningKey('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', { date: '20150830', region: 'us-east-1', service: 'iam' });
    expect(key.toString('hex')).toBe('c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9');
  });

  it.each([
    ['GET', '/test.txt', { Range: 'bytes=0-9' }, 'host;range;x-amz-content-sha256;x-amz-date', 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'],
    ['GET', '/?lifecycle', {}, 'host;x-amz-content-sha256;x-amz-date', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
    ['GET', '/?max-keys=2&prefix=J', {}, 'host;x-amz-content-sha256;x-amz-date', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ])('accepts %s %s by header', (method, url, headers, signedHeaders, signature) => {
    const answer = check(method, url, { ...headers, 'x-amz-content-sha256': EMPTY_SHA256, 'x-amz-date': '20130524T000000Z', Authorization: authorization(signedHeaders, signature) });
    expect(answer.payload).toEqual({ kind: 'sha256', hex: EMPTY_SHA256 });
  });

  it('accepts PUT of a key with a dollar sign', () => {
    const bodyHash = '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072';
    const answer = check('PUT', '/test$file.text', {
      Date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-date': '20130524T000000Z',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': bodyHash,
      Authorization: authorization('date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class', '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd'),
    });
    expect(answer.payload).toEqual({ kind: 'sha256', hex: bodyHash });
  });

  it('accepts a presigned GET', () => {
    const query =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host';
    const signature = 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
    expect(check('GET', `/test.txt?${query}&X-Amz-Signature=${signature}`, {}).payload).toEqual({ kind: 'unsigned' });
    expect(() => check('GET', `/test.tx?${query}&X-Amz-Signature=${signature}`, {})).toThrow(/does not match/);
    expect(() => check('GET', `/test.txt?${query}&X-Amz-Signature=${signature.replace('a', 'b')}`, {})).toThrow(/does not match/);
  });
});

describe('the pieces of a signature', () => {
  it('encodes as RFC 3986 says, every byte but the unreserved ones', () => {
    expect(uriEncode("a b/ü~*'()!$+")).toBe('a%20b%2F%C3%BC~%2A%27%28%29%21%24%2B');
    expect(uriEncode('a/b', true)).toBe('a/b');
  });

  it('compares texts of any length', () => {
    expect(equalInConstantTime('abc', 'abc')).toBe(true);
    expect(equalInConstantTime('abc', 'abd')).toBe(false);
    expect(equalInConstantTime('abc', 'abcd')).toBe(false);
    expect(equalInConstantTime('', 'a')).toBe(false);
  });
});
