import { z } from 'zod';
import { CLIENTS, FAULT_KINDS } from './plan-faults';

/** One run that kept every promise, as e2e/sending/faults.spec.ts notes it: a line of JSON each. */
const faultOutcome = z.strictObject({
  seed: z.int().min(1),
  client: z.enum(CLIENTS),
  kinds: z.array(z.enum(FAULT_KINDS)),
  sentAgainBytes: z.int().min(0),
  allowedBytes: z.int().min(0),
  seconds: z.number().min(0),
});
export type FaultOutcome = z.infer<typeof faultOutcome>;

/** Reads the lines of the file; a seed that ran twice counts with its last run. */
export function readOutcomes(text: string): FaultOutcome[] {
  const all = text.split('\n').filter((line) => line !== '').map((line) => faultOutcome.parse(JSON.parse(line)));
  return [...new Map(all.map((outcome) => [`${outcome.seed} ${outcome.client}`, outcome])).values()];
}

/** A table of kinds by clients in Markdown: how many runs held the kind, and what those runs sent again of what they might have, in MB. */
export function faultTable(outcomes: readonly FaultOutcome[]): string[] {
  const rows = FAULT_KINDS.flatMap((kind) => CLIENTS.flatMap((client) => row(kind, client, outcomes.filter((one) => one.client === client && one.kinds.includes(kind)))));
  const totals = CLIENTS.flatMap((client) => row('all', client, outcomes.filter((one) => one.client === client)));
  return ['| what went wrong | client | runs | sent again / allowed, MB | longest run, s |', '|---|---|--:|--:|--:|', ...rows, ...totals];
}

function row(kind: string, client: string, outcomes: readonly FaultOutcome[]): string[] {
  if (outcomes.length === 0) return [];
  const megabytes = (of: 'sentAgainBytes' | 'allowedBytes') => (outcomes.reduce((sum, outcome) => sum + outcome[of], 0) / 1e6).toFixed(1);
  const longest = Math.max(...outcomes.map(({ seconds }) => seconds));
  return [`| ${kind} | ${client} | ${outcomes.length} | ${megabytes('sentAgainBytes')} / ${megabytes('allowedBytes')} | ${longest.toFixed(0)} |`];
}
