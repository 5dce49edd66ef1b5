/**
 * The gzip levels of libdeflate that the engine uses: above 6 it slows down several times for a gain of one or two per cent.
 * The native compressor has one level and ignores them.
 */
export const LEVELS = [1, 3, 5, 6] as const;
export type Level = (typeof LEVELS)[number];
