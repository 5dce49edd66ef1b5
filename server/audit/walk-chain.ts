import { GENESIS_HASH } from '@/domain/audit';
import { type ChainRow, hashOf } from './read-chain';

/** How the log was tampered with, as far as that can be told. */
export type BreakKind = 'changed' | 'removed' | 'swapped' | 'inserted' | 'cut_off' | 'rewritten' | 'anchor';
/** The first link that does not hold: `brokenAt` is the number of the event. */
export type ChainBreak = { readonly brokenAt: string; readonly kind: BreakKind; readonly why: string };
type FindFollowing = (hash: string) => Promise<ChainRow | null>;

const CHANGED = 'the event was changed';
const INSERTED = 'the event was put in afterwards';
const removed = (count: bigint) => (count === 1n ? 'an event is missing' : `${count} events are missing`);
const nobody: FindFollowing = () => Promise.resolve(null);

/** Goes along the chain event by event, and keeps the two hashes that the next link is judged by. */
export class ChainWalk {
  private expected = 1n;
  private beforeHead = '';
  private headHash = GENESIS_HASH;

  /** Events that held so far. */
  get events(): number {
    return Number(this.expected - 1n);
  }

  get head(): string {
    return this.headHash;
  }

  /** Takes the next event; answers what is wrong, or null where its link holds. After a break the walk is over. */
  async take(row: ChainRow, findFollowing: FindFollowing = nobody): Promise<ChainBreak | null> {
    const seq = this.expected.toString();
    if (row.seq === seq && row.prevHash === this.headHash && hashOf(row) === row.hash) {
      this.beforeHead = this.headHash;
      this.headHash = row.hash;
      this.expected += 1n;
      return null;
    }
    return this.explain(row, seq, await findFollowing(this.headHash));
  }

  /** `follower` is chained behind the last event that holds, wherever it stands now. */
  private explain(row: ChainRow, seq: string, follower: ChainRow | null): ChainBreak {
    const strayed = follower && follower.seq !== seq && hashOf(follower, seq) === follower.hash ? follower : null;
    if (strayed && BigInt(row.seq) === this.expected) {
      const belongsThere = hashOf(row, strayed.seq) === row.hash;
      return belongsThere ? { brokenAt: seq, kind: 'swapped', why: `it changed places with event ${strayed.seq}` } : { brokenAt: seq, kind: 'inserted', why: INSERTED };
    }
    if (BigInt(row.seq) < this.expected) return { brokenAt: row.seq, kind: 'inserted', why: INSERTED };
    if (row.seq !== seq) return { brokenAt: seq, kind: 'removed', why: removed(BigInt(row.seq) - this.expected) };
    if (row.prevHash === this.headHash) return { brokenAt: seq, kind: 'changed', why: CHANGED };
    return this.explainLink(row, seq);
  }

  /** The event is at its place, but chained behind another one than the last. */
  private explainLink(row: ChainRow, seq: string): ChainBreak {
    const before = (this.expected - 1n).toString();
    if (row.prevHash === this.beforeHead && hashOf(row, before) === row.hash) return { brokenAt: before, kind: 'inserted', why: INSERTED };
    if (hashOf(row, (this.expected + 1n).toString()) === row.hash) return { brokenAt: seq, kind: 'removed', why: removed(1n) };
    return { brokenAt: seq, kind: 'changed', why: hashOf(row) === row.hash ? 'the link to the event before does not hold' : CHANGED };
  }
}
