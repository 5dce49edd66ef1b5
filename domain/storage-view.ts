/** Objects and files that the desk's page of the storage lists at most; the counts say how many there are. */
export const STORAGE_ROWS_SHOWN = 200;

/** An object that nobody announced, as staff see it. Times are ISO 8601 in UTC, sizes bytes. */
export type UnannouncedView = {
  readonly id: string;
  /** Made safe to read (domain/object-key.ts, `shownKey`); null once it is erased. */
  readonly key: string | null;
  /** The case that the key names; whether there is one is not said. */
  readonly caseReference: string | null;
  /** Of all its versions together. */
  readonly sizeBytes: number;
  readonly versionCount: number;
  readonly firstSeenAt: string;
  readonly dueAt: string;
  readonly erasedAt: string | null;
};

/** A held file that is not whole in storage any more. */
export type LostFileView = {
  readonly id: string;
  readonly name: string | null;
  readonly caseReference: string;
  readonly lostAt: string;
  readonly dueAt: string | null;
};

/** How the bucket and the ledger stood when they were last compared. */
export type StorageView = {
  /** The last whole comparison; null before the first. */
  readonly lookedAt: { readonly endedAt: string; readonly objects: number } | null;
  readonly unannounced: readonly UnannouncedView[];
  readonly unannouncedCount: number;
  /** The latest that were erased. */
  readonly erased: readonly UnannouncedView[];
  readonly lost: readonly LostFileView[];
  readonly lostCount: number;
};

export type StorageCounts = { readonly lookedAt: string | null; readonly unannounced: number; readonly lost: number };
