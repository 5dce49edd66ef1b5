/**
 * The gzip levels of libdeflate that the engine uses. Up to 6 each costs about as much more as it gains. 7 takes twice as long as 6 for two
 * per cent; 8 and 9 several times as long for less than one. From 10 on it looks for the best coding: 10 is seven per cent smaller than
 * 6 at a sixth of its speed on a heap dump, 11 and 12 gain nothing to speak of. The native compressor has one level and ignores them.
 */
export const LEVELS = [1, 3, 5, 6, 7, 10] as const;
export type Level = (typeof LEVELS)[number];
/** The tightest that pays by itself: where it is chosen, the link is the slower part. Those above are for time that is left over. */
export const TIGHT_LEVEL: Level = 6;
