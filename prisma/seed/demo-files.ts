import { HOUR_MS } from '@/domain/durations';
import { SeededText } from './seeded-text';

/** Content of the demo's files: made up, of nobody, and the same at each run. */

const CLASSES = ['OrderService', 'SessionStore', 'ReportExporter', 'PriceCache', 'LoginFilter', 'MailQueue'];
const START = Date.parse('2026-11-26T21:00:00.000Z');

/** A log as Tomcat writes it, growing slower until it ends in an OutOfMemoryError. */
export function demoCatalinaLog(lines = 9_000): Buffer {
  const text = new SeededText(4711);
  const out: string[] = [];
  for (let line = 0; line < lines; line += 1) {
    const at = new Date(START + Math.floor((line / lines) * 6 * HOUR_MS)).toISOString().replace('T', ' ').slice(0, 23);
    const name = text.pick(CLASSES);
    const thread = `http-nio-8080-exec-${text.below(40)}`;
    if (text.below(400) === 0) {
      out.push(`${at} WARNING [${thread}] com.example.${name}.call Took ${2000 + text.below(9000)} ms`, `\tat com.example.${name}.call(${name}.java:${20 + text.below(300)})`);
    } else {
      out.push(`${at} INFO [${thread}] com.example.${name}.call request ${line} done in ${text.below(900)} ms, ${text.below(64)} entries`);
    }
  }
  out.push('2026-11-27 02:59:58.112 SEVERE [http-nio-8080-exec-7] com.example.SessionStore.put', 'java.lang.OutOfMemoryError: Java heap space', '\tat com.example.SessionStore.put(SessionStore.java:118)');
  return Buffer.from(`${out.join('\n')}\n`);
}

/** A garbage collector's log in the unified format of JDK 9 and later. */
export function demoGcLog(lines = 2_500): Buffer {
  const text = new SeededText(815);
  const out: string[] = [];
  for (let line = 0; line < lines; line += 1) {
    const used = Math.min(2040, 300 + Math.floor((line / lines) * 1700) + text.below(60));
    out.push(`[${(line * 8.64).toFixed(3)}s][info][gc] GC(${line}) Pause Young (Normal) (G1 Evacuation Pause) ${used}M->${Math.max(200, used - text.below(90))}M(2048M) ${(5 + text.below(900) / 10).toFixed(3)}ms`);
  }
  return Buffer.from(`${out.join('\n')}\n`);
}

/** What was sent as gzip and is none: a page that a proxy put in the place of the file. */
export function demoNotGzip(): Buffer {
  return Buffer.from('<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n');
}
