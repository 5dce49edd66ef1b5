import { getEnv } from '../env';

/** Where a file's receipt is to be had as JSON, from anywhere; 404 until the file is verified. */
export function receiptUrlOf(fileId: string): string {
  return `${getEnv().AIRLOCK_URL}/api/v1/files/${fileId}/receipt`;
}

/** The page of a file's receipt, as an address within the portal. */
export function receiptPageOf(reference: string, fileId: string): string {
  return `/cases/${reference}/files/${fileId}/receipt`;
}
