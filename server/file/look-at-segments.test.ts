import { describe, expect, it } from 'vitest';
import { judgeSegment, type SegmentToLookAt } from './look-at-segments';

const sha256 = 'a'.repeat(64);
const segment: SegmentToLookAt = { id: '1', index: 1, objectKey: 'key', attempts: [{ sizeBytes: 10n, sha256 }] };
const object = { sizeBytes: 10, sha256, encryption: 'AES256', versionId: 'v1' };

describe('an object under the key of a segment', () => {
  it('is stored where it is what was announced', () => {
    expect(judgeSegment(segment, object)).toMatchObject({ is: 'stored' });
  });

  it('refuses what is not encrypted as it was signed (P-REST)', () => {
    for (const encryption of [null, 'aws:kms', 'AES128']) expect(judgeSegment(segment, { ...object, encryption })).toMatchObject({ is: 'refused', why: 'encryption' });
  });

  it('refuses another size, another checksum and none', () => {
    expect(judgeSegment(segment, { ...object, sizeBytes: 11 })).toMatchObject({ is: 'refused', why: 'size' });
    for (const given of ['b'.repeat(64), null]) expect(judgeSegment(segment, { ...object, sha256: given })).toMatchObject({ is: 'refused', why: 'checksum' });
  });
});
