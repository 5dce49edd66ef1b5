/** `ArrayBuffer.prototype.transfer` (ES2024), which not every browser has and TypeScript's library does not know yet. */
type Transferable2024 = ArrayBuffer & { transfer?: (newLength: number) => ArrayBuffer };

/**
 * Gives the memory of a buffer back at once instead of when it is collected: many megabytes of dead pieces would otherwise pile up
 * between two collections. The buffer is empty afterwards.
 */
export function freeBuffer(buffer: ArrayBuffer): void {
  (buffer as Transferable2024).transfer?.(0);
}
