import { type ObjectVersion } from './object-version';

/** UTF-8 byte order, in which S3 lists keys; UTF-16 order differs above U+D7FF. */
export function compareUtf8(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const [leftUnit, rightUnit] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (leftUnit === rightUnit) continue;
    // Surrogates stand for code points above U+FFFF, so they sort after U+E000..U+FFFF.
    const rank = (unit: number) => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);
    return rank(leftUnit) - rank(rightUnit);
  }
  return left.length - right.length;
}

/** The versions of each key of a bucket, newest first, and the keys in listing order. */
export class KeyIndex {
  private readonly versions = new Map<string, ObjectVersion[]>();
  private sortedKeys: string[] = [];

  get isEmpty(): boolean {
    return this.versions.size === 0;
  }

  /** Position of the first key that is not before `key`. */
  position(key: string): number {
    let [low, high] = [0, this.sortedKeys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareUtf8(this.sortedKeys[middle]!, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  keyAt(position: number): string | undefined {
    return this.sortedKeys[position];
  }

  keys(): readonly string[] {
    return [...this.sortedKeys];
  }

  versionsOf(key: string): readonly ObjectVersion[] {
    return this.versions.get(key) ?? [];
  }

  current(key: string): ObjectVersion | undefined {
    return this.versions.get(key)?.[0];
  }

  find(key: string, versionId: string): ObjectVersion | undefined {
    return this.versions.get(key)?.find((version) => version.versionId === versionId);
  }

  /** Adds a version; one with the same id is replaced. */
  put(version: ObjectVersion): void {
    const known = this.versions.get(version.key);
    if (known === undefined) {
      this.sortedKeys.splice(this.position(version.key), 0, version.key);
      this.versions.set(version.key, [version]);
      return;
    }
    const others = known.filter((other) => other.versionId !== version.versionId);
    this.versions.set(version.key, [version, ...others].sort((left, right) => right.sequence - left.sequence));
  }

  remove(key: string, versionId: string): void {
    const left = this.versionsOf(key).filter((version) => version.versionId !== versionId);
    if (left.length > 0) {
      this.versions.set(key, left);
      return;
    }
    if (this.versions.delete(key)) this.sortedKeys.splice(this.position(key), 1);
  }
}
