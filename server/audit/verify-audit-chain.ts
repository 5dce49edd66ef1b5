import { type AnchorKey, readAnchors, type StoredAnchor } from './audit-anchors';
import { type ChainReader, type ChainRow, openChain } from './read-chain';
import { type ChainBreak, ChainWalk } from './walk-chain';

export type AnchorCount = {
  /** Anchors that were compared with the chain. */
  readonly held: number;
  /** Signed by another key: not compared. */
  readonly foreign: number;
  /** Made after an exported file ends: not compared. Of the database there are none such. */
  readonly newer: number;
  /** Of the newest that was compared, ISO 8601; null without one. */
  readonly lastAt: string | null;
};
export type ChainVerdict = { readonly intact: true; readonly events: number; readonly head: string; readonly anchors: AnchorCount } | ({ readonly intact: false } & ChainBreak);
type Held = Extract<StoredAnchor, { state: 'held' }>;

/**
 * Reads the chain from its first event and names the first link that does not hold: changed, removed, swapped or put in afterwards. The
 * anchors in the data folder then show an end that was cut off, and a chain that was computed anew. They are checked by `keys`, or by the portal's own.
 */
export async function verifyAuditChain(keys?: readonly AnchorKey[]): Promise<ChainVerdict> {
  // Read before the chain: every event that an anchor has seen is there already.
  const anchors = readAnchors(keys);
  const chain = await openChain();
  try {
    return await walk(chain.pages(), { anchors, findFollowing: chain.findFollowing });
  } finally {
    await chain.close();
  }
}

/**
 * The same for events that were exported. Without the database it cannot tell where an event that is missing stands now, nor whether a file that ends before an
 * anchor was made is older than it or was cut off: such anchors are counted as `newer`.
 */
export async function verifyExportedChain(pages: AsyncIterable<readonly ChainRow[]>, anchors: readonly StoredAnchor[]): Promise<ChainVerdict> {
  return walk(pages, { anchors });
}

async function walk(pages: AsyncIterable<readonly ChainRow[]>, { anchors, findFollowing }: { readonly anchors: readonly StoredAnchor[]; readonly findFollowing?: ChainReader['findFollowing'] }): Promise<ChainVerdict> {
  const held = anchors.filter((stored): stored is Held => stored.state === 'held');
  const anchored = new Set(held.map(({ anchor }) => anchor.seq));
  const steps = new ChainWalk();
  let endsAt = '';
  for await (const rows of pages) {
    for (const row of rows) {
      const broken = (await steps.take(row, findFollowing)) ?? atAnchor(row, anchored.has(row.seq) ? held : []);
      if (broken) return { intact: false, ...broken };
      endsAt = row.at;
    }
  }
  // Times are ISO 8601 in UTC, so that their order is that of the texts. An export is never empty: it holds its own event.
  const compared = findFollowing || steps.events === 0 ? held : held.filter(({ anchor }) => anchor.anchoredAt <= endsAt);
  const broken = beyondEnd(steps, compared) ?? damagedAnchor(anchors);
  if (broken) return { intact: false, ...broken };
  const foreign = anchors.filter(({ state }) => state === 'foreign').length;
  return { intact: true, events: steps.events, head: steps.head, anchors: { held: compared.length, foreign, newer: held.length - compared.length, lastAt: compared.at(-1)?.anchor.anchoredAt ?? null } };
}

/** The chain holds up to here, but an anchor has seen another hash: it was computed anew from some event on. */
function atAnchor(row: ChainRow, held: readonly Held[]): ChainBreak | null {
  const other = held.find(({ anchor }) => anchor.seq === row.seq && anchor.hash !== row.hash);
  return other ? { brokenAt: row.seq, kind: 'rewritten', why: `it, or events before it, were written anew after the anchor of ${other.anchor.anchoredAt}` } : null;
}

function beyondEnd(steps: ChainWalk, held: readonly Held[]): ChainBreak | null {
  const further = held.find(({ anchor }) => BigInt(anchor.seq) > BigInt(steps.events));
  return further ? { brokenAt: String(steps.events + 1), kind: 'cut_off', why: `the end was cut off: the anchor of ${further.anchor.anchoredAt} has seen event ${further.anchor.seq}` } : null;
}

function damagedAnchor(anchors: readonly StoredAnchor[]): ChainBreak | null {
  const damaged = anchors.find(({ state }) => state === 'damaged');
  return damaged ? { brokenAt: '0', kind: 'anchor', why: `the anchor ${damaged.file} is not what the portal signed` } : null;
}
