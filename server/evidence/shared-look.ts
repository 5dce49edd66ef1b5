export type Look<Facts> = { readonly at: Date; readonly facts: Promise<Facts> };

export type SharedLook<Facts> = {
  /** The facts as they were read at `at`, no more than `freshMs` before `now`, or by the reading that is under way. */
  readonly at: (now: Date) => Look<Facts>;
  /** For tests: the next look reads anew. */
  readonly forget: () => void;
};

type Options<Facts> = {
  readonly read: (now: Date) => Promise<Facts>;
  readonly freshMs: number;
  /** One that takes longer is given up: the next look does not wait for it. */
  readonly stuckMs: number;
};

/**
 * One reading for everybody who looks within `freshMs`, and never a second one beside it: what takes long under load is not asked for once more by each visitor.
 * A reading that failed is forgotten at once, so nobody is shown what an earlier one had found, and each failure is seen by those who waited for it alone.
 */
export function sharedLook<Facts>({ read, freshMs, stuckMs }: Options<Facts>): SharedLook<Facts> {
  let latest: (Look<Facts> & { isUnderWay: boolean }) | undefined;
  const begin = (now: Date) => {
    const look = { at: now, facts: read(now), isUnderWay: true };
    latest = look;
    look.facts.then(
      () => (look.isUnderWay = false),
      () => {
        if (latest === look) latest = undefined;
      },
    );
    return look;
  };
  return {
    at: (now) => {
      const age = latest ? Math.abs(now.getTime() - latest.at.getTime()) : Infinity;
      return latest && age < (latest.isUnderWay ? Math.max(stuckMs, freshMs) : freshMs) ? latest : begin(now);
    },
    forget: () => (latest = undefined),
  };
}
