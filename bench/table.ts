/** The middle of what was measured; of an even count the lower of the two, which never makes a figure look better. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('Nothing was measured.');
  return middle;
}

/** A table in Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
export const times = (ratio: number) => `${ratio.toFixed(2)}x`;
/** Median, and in brackets the least and the most. */
export const spread = (values: readonly number[], format: (value: number) => string) =>
  values.length === 1 ? format(median(values)) : `${format(median(values))} (${format(Math.min(...values))} - ${format(Math.max(...values))})`;
