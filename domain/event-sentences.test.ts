import { describe, expect, it } from 'vitest';
import { AUDIT_TYPES, type AuditData } from './audit';
import { eventSentence } from './event-sentences';

describe('the sentence of an event', () => {
  const facts: readonly AuditData[] = [
    {},
    { kind: 'heap_dump', reason: 'not_gzip', version: '1.0', choice: 'without', from: 'support', to: 'admin', role: 'admin', index: 3, periodDays: 7 },
    { kind: 'constructor', reason: null },
  ];
  it.each(AUDIT_TYPES)('is complete for %s, whatever its facts are', (type) => {
    for (const data of facts) {
      const sentence = eventSentence(type, data);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(sentence).not.toMatch(/undefined|null|function| {2}| \./);
    }
  });

  it('says the facts where it has them', () => {
    expect(eventSentence('file.quarantined', { reason: 'bomb' })).toBe('The file was quarantined. The file unpacks to far more than a diagnostic file does.');
    expect(eventSentence('file_request.made', { kind: 'os_log' })).toBe('A file was asked for: operating system log.');
    expect(eventSentence('raw_access.read_ended', { how: 'whole', bytes: 22_066_598 })).toBe('The raw bytes were read to their end: 22,066,598 bytes handed over.');
    expect(eventSentence('user.role_changed', { from: 'support', to: 'admin' })).toBe('A role was changed from support engineer to administrator.');
  });

  it('gives a type of a later version as it is', () => expect(eventSentence('toString', {})).toBe('toString.'));
});
