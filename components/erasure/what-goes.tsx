import { type ReactNode } from 'react';
import { Panel } from '../ui/panel';

const GOES_WITH_FILE = [
  'The file: every object of it in storage, and every version of each, deleted and then looked for and found absent.',
  'What was made of it: results of analysis and notes of support. An analysis that is running stops.',
  'Its name, and the part of it that stands in storage keys.',
  'Access: approvals to share it, and grants to reach it. A sender that is still sending is refused.',
];
const GOES_WITH_RESULTS = [
  'What was made of the file: results of analysis and notes of support. An analysis that is running stops, and nothing more is written about it.',
  'Access: approvals to share what was found in it.',
  'The file itself was erased on its date. The portal looks once more that nothing of it is in storage.',
];
const GOES_WITH_CASE = [
  'Every file of the case, those that are being sent included: every object in storage, and every version of each, deleted and then looked for and found absent.',
  'What was made of them: results of analysis and notes of support. An analysis that is running stops.',
  'The names of the files, what you wrote about the case (title, product, version, description), and what support wrote when it asked for files.',
  'Upload keys, approvals to share, grants to reach files. The case is shut for good: it takes no more files.',
];
const STAYS = [
  'A tombstone for each file: its kind, its sizes and SHA-256 hashes, the times. No name, no content.',
  'Receipts, the acceptance of the policy, and the certificate of this erasure. They name sizes, hashes and times.',
  'The audit record: what was done, when and in which role, by pseudonymous ids.',
  'A signed NDA and the record of how it was signed, which are kept apart from diagnostic data.',
];

/** `results`: a file that expired already, of which only what was made is left. */
export type EraseScope = 'file' | 'results' | 'case';
const GOES: Readonly<Record<EraseScope, readonly string[]>> = { file: GOES_WITH_FILE, results: GOES_WITH_RESULTS, case: GOES_WITH_CASE };

/** Exactly what an erasure takes and what it leaves (P-ERASE; section 12 of the policy). */
export function WhatGoes({ scope }: { readonly scope: EraseScope }) {
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Panel id="goes" title="What goes">
        <Lines items={GOES[scope]} />
      </Panel>
      <Panel id="stays" title="What stays">
        <Lines items={STAYS} />
      </Panel>
    </div>
  );
}

function Lines({ items }: { readonly items: readonly ReactNode[] }) {
  return (
    <ul className="list-disc space-y-2 pl-5">
      {items.map((item, at) => (
        <li key={at}>{item}</li>
      ))}
    </ul>
  );
}
