/** A size as pages and contracts carry it; sizes of files stay far below what a number counts exactly. */
export function sizeInBytes(size: bigint | null): number | null {
  return size === null ? null : Number(size);
}

/** The size of the raw content as far as it is known: what arrived, or else what was announced. */
export function rawSizeOf({ rawSizeBytes, announcedSizeBytes }: { readonly rawSizeBytes: bigint | null; readonly announcedSizeBytes: bigint | null }): number | null {
  return sizeInBytes(rawSizeBytes ?? announcedSizeBytes);
}
