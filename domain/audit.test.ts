import { describe, expect, it } from 'vitest';
import { canonicalJson, chainInput, type ChainedEvent, GENESIS_HASH } from './audit';

const event: ChainedEvent = { seq: '1', at: '2026-11-01T00:00:00.000Z', type: 'case.opened', actorKind: 'user', actorId: 'p', organizationId: 'o', caseId: 'c', fileId: null, data: { b: 1, a: 'x' } };

describe('the hash chain', () => {
  it('sees the same event the same way, whatever the order of its members', () => {
    const turned = Object.fromEntries(Object.entries({ ...event, data: { a: 'x', b: 1 } }).reverse()) as unknown as ChainedEvent;
    expect(chainInput(GENESIS_HASH, turned)).toBe(chainInput(GENESIS_HASH, event));
  });

  it('sees every change', () => {
    const base = chainInput(GENESIS_HASH, event);
    const changed: ChainedEvent[] = [{ ...event, seq: '2' }, { ...event, at: '2026-11-01T00:00:00.001Z' }, { ...event, type: 'case.closed' }, { ...event, actorId: null }, { ...event, fileId: 'f' }, { ...event, data: { b: 1 } }];
    expect(new Set([base, ...changed.map((other) => chainInput(GENESIS_HASH, other)), chainInput('1'.repeat(64), event)]).size).toBe(changed.length + 2);
  });

  it('writes JSON one way', () => {
    expect(canonicalJson({ z: [1, null, { b: true, a: 'é"\n' }], a: undefined, c: 0 })).toBe('{"c":0,"z":[1,null,{"a":"é\\"\\n","b":true}]}');
  });
});
