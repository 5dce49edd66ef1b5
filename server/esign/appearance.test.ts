import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Appearance, type Fact, leastHeight, makeAppearance } from './appearance';

const WIDTH = 234;
const DRAWING = [[{ x: 0, y: 40 }, { x: 20, y: 0 }, { x: 50, y: 48 }]];
const EMAIL = `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.example`;

function factsOf(name: string, title: string): readonly Fact[] {
  const given = { Name: name, Title: title, For: name, 'E-mail': EMAIL, Signed: '2026-11-27 05:20:31.123 UTC', How: 'Typed by the signatory' };
  return Object.entries(given).map(([label, value]) => ({ label, value }));
}

/** The sizes of type in an appearance, and how far above its lower edge the lowest line stands. */
async function lookAt(height: number, appearance: Appearance, facts: readonly Fact[]): Promise<{ smallest: number; lowest: number; lines: number }> {
  const [form] = await makeAppearance({ width: WIDTH, height, appearance, facts }, 1);
  const content = inflateSync(form?.stream ?? new Uint8Array()).toString('latin1');
  const sizes = [...content.matchAll(/\/\S+ ([\d.]+) Tf/g)].map(([, size]) => Number(size));
  // The page is turned over: text is drawn at the height that its matrix says.
  const heights = [...content.matchAll(/1 0 0 1 [\d.]+ (-?[\d.]+) Tm/g)].map(([, y]) => Number(y));
  return { smallest: Math.min(...sizes), lowest: Math.min(...heights), lines: heights.length };
}

const LONG: readonly (readonly [string, string, string])[] = [
  ['Latin', 'Zoë Maximiliana Žižek-Đặng '.repeat(12).slice(0, 300), 'Head of everything '.repeat(7).slice(0, 120)],
  ['wide', 'W'.repeat(300), 'M'.repeat(120)],
  ['Japanese', '田中太郎'.repeat(75), '代表取締役'.repeat(24)],
];

describe.each(LONG)('a %s name of 300 characters', (_script, name, title) => {
  it.each([['typed', { kind: 'typed', text: name }], ['drawn', { kind: 'drawn', paths: DRAWING }]] as const)('is legible in the box that is made for it, %s', async (_how, appearance) => {
    const facts = factsOf(name, title);
    const { smallest, lowest, lines } = await lookAt(leastHeight({ width: WIDTH, appearance, facts }), appearance, facts);
    expect(smallest).toBeGreaterThanOrEqual(7);
    expect(lowest).toBeGreaterThan(0);
    expect(lines).toBeGreaterThan(20);
  });

  it('of the vendor stays inside a box of the usual height', async () => {
    const facts = factsOf(name, title).filter(({ label }) => label !== 'E-mail' && label !== 'For');
    const { smallest, lowest } = await lookAt(150, { kind: 'typed', text: name }, facts);
    expect(smallest).toBeGreaterThanOrEqual(5);
    expect(lowest).toBeGreaterThan(0);
  });
});

describe('a usual name', () => {
  it('stands large above the facts, also above a long address', async () => {
    const { smallest } = await lookAt(150, { kind: 'typed', text: 'Zoë Žižek' }, factsOf('Zoë Žižek', 'Director').slice(0, 3));
    expect(smallest).toBe(9);
    const [form] = await makeAppearance({ width: WIDTH, height: 150, appearance: { kind: 'typed', text: 'Zoë Žižek' }, facts: factsOf('Zoë Žižek', 'Director') }, 1);
    expect(inflateSync(form?.stream ?? new Uint8Array()).toString('latin1')).toMatch(/\/\S+ 22 Tf/);
  });
});
