import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What every upload key begins with, so that people and scanners for leaked secrets know one where they see one. */
const KEY_PREFIX = 'alk_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^43 is more than 2^256. */
const RANDOM_CHARACTERS = 43;
const CHECK_CHARACTERS = 6;
const WHOLE_KEY = /^alk_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
/** The prefix and four characters: enough to tell the keys of a case apart; what stays secret has more than 230 bits. */
const HINT_CHARACTERS = KEY_PREFIX.length + 4;

/** CRC-32 in base 62: tells a key that was cut off or mistyped from one that was never made, without asking the database. */
function checkOf(random: string): string {
  let rest = crc32(random);
  let check = '';
  for (let at = 0; at < CHECK_CHARACTERS; at += 1) {
    check = ALPHABET.charAt(rest % ALPHABET.length) + check;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return check;
}

/** A new key: `alk_`, 43 random letters and digits, 6 that check them. No character of it needs quoting in a shell. */
export function makeKeySecret(): string {
  let random = '';
  for (let at = 0; at < RANDOM_CHARACTERS; at += 1) random += ALPHABET.charAt(randomInt(ALPHABET.length));
  return KEY_PREFIX + random + checkOf(random);
}

/** True for a key that is whole, whether or not it was ever made. */
export function isWholeKey(key: string): boolean {
  const [, random, check] = WHOLE_KEY.exec(key) ?? [];
  return random !== undefined && check === checkOf(random);
}

/** What people may go on seeing of a key. */
export function keyHint(key: string): string {
  return key.slice(0, HINT_CHARACTERS);
}
