import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const SEND_SCRIPTS = ['send.sh', 'send.ps1'] as const;
export type SendScriptName = (typeof SEND_SCRIPTS)[number];
/** A script as it is served. `sha256` is of `text` as UTF-8, lower-case hex: what `sha256sum` prints for the downloaded file. */
export type SendScript = { readonly text: string; readonly sha256: string };

/** Where a template names its portal: one quoted word, in both languages. */
const PLACEHOLDER = "'{{AIRLOCK_URL}}'";

/**
 * The script that sends without a browser, with the portal's address filled in as one literal word, whatever the address holds. Read
 * anew at each call, so that a running portal serves what lies there. `root` is the folder of the templates, absolute.
 */
export function loadSendScript(name: SendScriptName, portalUrl: string, root: string = templateRoot()): SendScript {
  const template = readFileSync(path.join(/*turbopackIgnore: true*/ root, name), 'utf8');
  const parts = template.split(PLACEHOLDER);
  if (parts.length !== 2) throw new Error(`The template of ${name} names its portal ${parts.length - 1} times, not once.`);
  const text = parts.join(literal(name, portalUrl));
  return { text, sha256: createHash('sha256').update(text).digest('hex') };
}

/** The address as ASCII in single quotes: POSIX, 2.2.2, and about_Quoting_Rules of PowerShell, where a quote is doubled. */
function literal(name: SendScriptName, portalUrl: string): string {
  const address = new URL(portalUrl).href.replace(/\/+$/, '');
  return `'${address.replaceAll("'", name === 'send.sh' ? String.raw`'\''` : "''")}'`;
}

/** Every process of the portal runs in the root of the repository. */
function templateRoot(): string {
  return path.join(process.cwd(), 'public', 'send-script');
}
