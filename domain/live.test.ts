import { expect, it } from 'vitest';
import { parseLiveTopic, writeLiveTopic } from './live';

it('reads each topic that it writes, and nothing else', () => {
  const caseId = '01932d5c-7a1e-7c3f-8a55-0123456789ab';
  for (const topic of ['desk', 'organization', { caseId }] as const) expect(parseLiveTopic(writeLiveTopic(topic))).toEqual(topic);
  for (const other of [null, '', 'everything', 'case:', 'case:1', `case:${caseId}' or 1=1`, caseId]) expect(parseLiveTopic(other)).toBeNull();
});
