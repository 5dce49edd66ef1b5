import { type HashAnswer, type VerificationAnswer } from '@/domain/nda-verification';

export type Asked<T> = { readonly ok: true; readonly answer: T } | { readonly ok: false; readonly sentence: string };

async function ask<T>(address: string, type: string, body: BodyInit, fetcher: typeof fetch): Promise<Asked<T>> {
  try {
    const response = await fetcher(address, { method: 'POST', headers: { 'content-type': type }, body });
    const answer: unknown = await response.json();
    if (response.ok) return { ok: true, answer: answer as T };
    return { ok: false, sentence: (answer as { detail?: string }).detail ?? 'The portal could not check it. Try again in a minute.' };
  } catch {
    return { ok: false, sentence: 'The portal did not answer. Check the connection and try again.' };
  }
}

/** Asks whether the portal knows a file by its SHA-256 alone. Never throws. */
export function askForHash(sha256: string, fetcher: typeof fetch = fetch): Promise<Asked<HashAnswer>> {
  return ask('/api/verify/hash', 'application/json', JSON.stringify({ sha256 }), fetcher);
}

/** Sends the file for a check of its signatures. Never throws. */
export function askForSignatures(file: Blob, fetcher: typeof fetch = fetch): Promise<Asked<VerificationAnswer>> {
  return ask('/api/verify', 'application/pdf', file, fetcher);
}
