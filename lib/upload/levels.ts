/**
 * The gzip levels of libdeflate that the engine uses: 7 takes twice as long as 6 for two per cent, and above it it slows down several times for
 * a gain of one per cent. From 10 on it looks for the best coding, 7 per cent smaller on a heap dump at 7 MB/s: too slow for any link worth waiting for.
 * The native compressor has one level and ignores them.
 */
export const LEVELS = [1, 3, 5, 6, 7] as const;
export type Level = (typeof LEVELS)[number];
