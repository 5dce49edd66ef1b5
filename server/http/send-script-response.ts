import { getEnv } from '../env';
import { loadSendScript, type SendScriptName } from '../send-script/load-send-script';

/**
 * A script as text that a browser shows and no cache keeps. Its SHA-256 stands in the ETag, and in Repr-Digest as RFC 9530 writes
 * it, so that whoever fetched it can compare.
 */
export function sendScriptResponse(name: SendScriptName): Response {
  const { text, sha256 } = loadSendScript(name, getEnv().AIRLOCK_URL);
  return new Response(text, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-cache',
      etag: `"sha256-${sha256}"`,
      'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
    },
  });
}
