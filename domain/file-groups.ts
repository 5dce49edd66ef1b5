import { type FileState } from './file-states';

/** States of files as the desk counts and filters them. Every state but `requested` (which has no file) is in exactly one. */
export const FILE_GROUPS = ['sending', 'checking', 'ready', 'quarantined', 'abandoned', 'gone'] as const;
export type FileGroup = (typeof FILE_GROUPS)[number];

export const STATES_OF_GROUP: Readonly<Record<FileGroup, readonly FileState[]>> = {
  sending: ['reserved', 'uploading'],
  checking: ['stored'],
  ready: ['verified', 'analysed'],
  quarantined: ['quarantined'],
  abandoned: ['abandoned'],
  gone: ['expired', 'erased'],
};

export const FILE_GROUP_LABELS: Readonly<Record<FileGroup, string>> = {
  sending: 'Being sent',
  checking: 'Being checked',
  ready: 'Verified',
  quarantined: 'Quarantined',
  abandoned: 'Abandoned',
  gone: 'Expired or erased',
};

/** Files by group; a group without files is left out. */
export type FileGroupCounts = Readonly<Partial<Record<FileGroup, number>>>;

/** The group of a state, or null for `requested`. */
export function groupOfState(state: FileState): FileGroup | null {
  return FILE_GROUPS.find((group) => STATES_OF_GROUP[group].includes(state)) ?? null;
}

/** Adds counts by state up to counts by group. */
export function countByGroup(states: readonly { readonly state: FileState; readonly count: number }[]): FileGroupCounts {
  const counts: Partial<Record<FileGroup, number>> = {};
  for (const { state, count } of states) {
    const group = groupOfState(state);
    if (group && count > 0) counts[group] = (counts[group] ?? 0) + count;
  }
  return counts;
}
