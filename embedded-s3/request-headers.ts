/** Lower-case header names to values; repeated headers are joined by a comma, as SigV4 canonicalises them. */
export type RequestHeaders = ReadonlyMap<string, string>;

/**
 * Reads Node's raw header list, because `request.headers` drops repeated headers: a second value must change the canonical request.
 * Node hands bytes over as Latin-1; clients sign UTF-8.
 */
export function readRequestHeaders(rawHeaders: readonly string[]): RequestHeaders {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!.toLowerCase();
    const value = Buffer.from(rawHeaders[index + 1]!, 'latin1').toString('utf8').trim();
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return headers;
}
