/** A version as its content file says it. `sha256` is that of `source`, lower-case hex. */
export type VersionSource = {
  readonly version: string;
  readonly title: string;
  readonly summary: string;
  readonly sha256: string;
  readonly source: string;
  readonly publishedAt: Date;
};

/** A content file of a published version was edited. Somebody accepted the earlier text, so it has to stay. */
export class ChangedVersionError extends Error {
  constructor(what: 'policy' | 'nda', version: string) {
    super(`content/${what}/${version}.md is not the text that was published as version ${version}. Restore the file, and write what is new as a new version.`);
    this.name = 'ChangedVersionError';
  }
}

/**
 * Without a version in force nothing can be sent. So where all dates still lie ahead (a clock that is behind, a date set for
 * tomorrow), the first version takes force at once; later ones keep their dates.
 */
export function firstTakesForceAtOnce<T extends { readonly publishedAt: Date }>(versions: readonly T[], now: Date): readonly T[] {
  if (versions.some(({ publishedAt }) => publishedAt <= now)) return versions;
  return versions.map((version, index) => (index === 0 ? { ...version, publishedAt: now } : version));
}
