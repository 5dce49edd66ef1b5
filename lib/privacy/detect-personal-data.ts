/** Kinds of text that look like personal data or a secret. A guess that warns, never a gate: it misses and it errs. */
export type FindingKind = 'email' | 'ip_address' | 'secret';

const FINDING_LABELS: Readonly<Record<FindingKind, string>> = {
  email: 'an e-mail address',
  ip_address: 'a network address',
  secret: 'a password, key or token',
};

/** Longer texts are looked at up to here; every pattern below is linear in it. */
const MAX_CHARACTERS = 20_000;

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@(?!\d+\.\d)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,5}\.\p{L}{2,24}/u;
const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\d|\.\d|-\w)/g;
const IPV6 = /(?<![\w:])(?:[\da-f]{1,4}:){2,7}(?::?[\da-f]{1,4}){1,7}(?![\w:])/gi;
/** Addresses that point at nobody, and what a version number such as 8.0.0.1 is often written with in front. */
const LOOPBACK = /^(?:127\.|0\.0\.0\.0$|255\.)/;
const VERSION_BEFORE = /(?:version|release|build|v|tomcat|java|jdk|jre|server)[\s:/-]{0,3}$/i;

const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bBearer\s+[\w.~+/-]{16,}/i,
  /\bAuthorization:\s*Basic\s+[A-Za-z0-9+/=]{8,}/i,
  /\b(?:JSESSIONID|session[_-]?id)\s*[=:]\s*[\w.-]{12,}/i,
  /\b(?:password|passwd|pwd|passphrase|secret|api[_-]?key|access[_-]?token)["']?\s{0,3}[=:]\s{0,3}["']?[^\s"',;*<{]{4,}/i,
  /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s:/@]{1,64}:[^\s/@]{3,128}@/i,
];

/** The kinds of personal data or secrets that `text` seems to hold, each once, in a fixed order. Pure; nothing leaves the page. */
export function detectPersonalData(text: string): readonly FindingKind[] {
  const looked = text.slice(0, MAX_CHARACTERS);
  const found: FindingKind[] = [];
  if (EMAIL.test(looked)) found.push('email');
  if (hasIpAddress(looked)) found.push('ip_address');
  if (SECRETS.some((pattern) => pattern.test(looked))) found.push('secret');
  return found;
}

function hasIpAddress(text: string): boolean {
  for (const match of text.matchAll(IPV4)) {
    const before = text.slice(Math.max(0, match.index - 20), match.index);
    if (!LOOPBACK.test(match[0]) && !VERSION_BEFORE.test(before)) return true;
  }
  for (const [address] of text.matchAll(IPV6)) {
    const groups = address.split(':');
    // Times such as 10:20:30 look like groups: an address has eight of them, or leaves some out with `::`.
    if ((address.includes('::') || groups.length === 8) && address !== '::1') return true;
  }
  return false;
}

/** "an e-mail address and a network address", for a sentence. */
export function nameFindings(kinds: readonly FindingKind[]): string {
  const names = kinds.map((kind) => FINDING_LABELS[kind]);
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
