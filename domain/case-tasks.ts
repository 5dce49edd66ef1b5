import { count } from './words';
/**
 * The task list of a case: Details, Policy, NDA, Files, Results, each with its state, and the one next step. Made from
 * facts alone, so that the customer's pages, the list of cases and the desk say the same.
 */
export const CASE_TASKS = ['details', 'policy', 'nda', 'files', 'results'] as const;
export type CaseTaskId = (typeof CASE_TASKS)[number];

const CASE_TASK_LABELS: Readonly<Record<CaseTaskId, string>> = {
  details: 'Details',
  policy: 'Policy',
  nda: 'NDA',
  files: 'Files',
  results: 'Results',
};

/** `to_do` can be done now but is not what comes next. */
export type TaskState = 'done' | 'next' | 'to_do' | 'waiting' | 'not_needed' | 'cannot_start';

export const TASK_STATE_LABELS: Readonly<Record<TaskState, string>> = {
  done: 'Done',
  next: 'Next step',
  to_do: 'To do',
  waiting: 'Waiting',
  not_needed: 'Not needed',
  cannot_start: 'Cannot start yet',
};

export type CaseFacts = {
  readonly status: 'open' | 'closed';
  /** A customer ordered everything of the case to be erased: it is closed for good. */
  readonly isUnderErasure?: boolean;
  /** `outdated`: an earlier version was accepted, the one in force was not. */
  readonly policy: 'accepted' | 'outdated' | 'not_accepted';
  readonly ndaRequired: boolean;
  readonly ndaChoice: 'undecided' | 'without' | 'sign_later';
  /** An agreement in force, or one on paper, covers the organization or this case. */
  readonly ndaCovered: boolean;
  /** What is under way and would cover this case once it is in force. */
  readonly ndaUnderWay?: 'draft' | 'sent' | 'signed' | 'paper_pending' | null;
  readonly files: FileCounts;
  /** Open requests of support that no sent file answers. */
  readonly openRequests: number;
  /** Results that can be read. */
  readonly results: number;
};

export type FileCounts = {
  /** Reserved or uploading: something is still to be sent. */
  readonly unfinished: number;
  /** Stored, and being read back. */
  readonly checking: number;
  /** Verified or analysed. */
  readonly ready: number;
  readonly quarantined: number;
  /** Expired or erased. */
  readonly gone: number;
};

export type CaseTask = {
  readonly id: CaseTaskId;
  readonly label: string;
  readonly state: TaskState;
  /** One short sentence beside the state. */
  readonly note: string;
  /** Below the address of the case: '' or '/policy'. Null where there is no page to go to. */
  readonly path: string | null;
};

/** What comes next: something the customer does, or something they wait for. */
export type NextStep =
  | { readonly kind: 'do'; readonly task: CaseTaskId; readonly label: string; readonly why: string; readonly path: string }
  | { readonly kind: 'wait'; readonly label: string; readonly why: string };

/** Whether files may be sent, as far as the case itself says; the server's send gate asks the database the same. */
export function maySendFiles(facts: CaseFacts): boolean {
  return facts.status === 'open' && facts.policy === 'accepted' && (!facts.ndaRequired || facts.ndaCovered);
}

type Draft = Omit<CaseTask, 'id' | 'label'>;

function policyTask({ policy, status }: CaseFacts): Draft {
  if (policy === 'accepted') return { state: 'done', note: 'You accepted the version in force.', path: '/policy' };
  if (status === 'closed') return { state: 'not_needed', note: 'The case is closed.', path: '/policy' };
  return {
    state: 'to_do',
    note: policy === 'outdated' ? 'A newer version is in force.' : 'What happens to the data you send.',
    path: '/policy',
  };
}

const NDA_WAITS = { sent: 'Sent to the signatory.', signed: 'Signed; waiting for the countersignature.', paper_pending: 'Support looks at the paper copy.' } as const;

/** What others have to do about the agreement, or null where it is the customer's turn. */
function ndaWaits({ ndaCovered, ndaUnderWay }: CaseFacts): string | null {
  return ndaCovered || !ndaUnderWay || ndaUnderWay === 'draft' ? null : NDA_WAITS[ndaUnderWay];
}

function ndaTask(facts: CaseFacts): Draft {
  const { status, ndaRequired, ndaChoice, ndaCovered } = facts;
  const path = '/nda';
  if (ndaCovered) return { state: 'done', note: 'An agreement is in force.', path };
  if (status === 'closed') return { state: 'not_needed', note: 'The case is closed.', path };
  const waits = ndaWaits(facts);
  if (waits) return { state: 'waiting', note: waits, path };
  if (ndaRequired) return { state: 'to_do', note: 'Support marked this case as needing a signed NDA.', path };
  if (ndaChoice === 'without') return { state: 'not_needed', note: 'You went on without an NDA.', path };
  if (ndaChoice === 'sign_later') return { state: 'to_do', note: 'You put it off. Sending is possible meanwhile.', path };
  return { state: 'to_do', note: 'A mutual agreement, optional. Decide before you send.', path };
}

function filesTask(facts: CaseFacts): Draft {
  const { unfinished, checking, ready, quarantined, gone } = facts.files;
  const sent = checking + ready + quarantined + gone;
  if (facts.status === 'closed') {
    return sent > 0 ? { state: 'done', note: `${count(sent, 'file was', 'files were')} sent.`, path: '' } : { state: 'not_needed', note: 'The case is closed.', path: null };
  }
  if (!maySendFiles(facts)) {
    const first = facts.policy === 'accepted' ? 'the NDA is needed' : 'the policy is to be accepted';
    return { state: 'cannot_start', note: sent > 0 ? `${count(sent, 'file was', 'files were')} sent. Before more, ${first}.` : `First, ${first}.`, path: null };
  }
  const path = '/files/new';
  if (unfinished > 0) return { state: 'to_do', note: `${count(unfinished, 'file is', 'files are')} not sent to the end.`, path };
  if (facts.openRequests > 0) return { state: 'to_do', note: `Support asks for ${count(facts.openRequests, 'file', 'files')}.`, path };
  if (checking > 0) return { state: 'waiting', note: `${count(checking, 'file is', 'files are')} being checked.`, path };
  if (quarantined > 0 && ready === 0) return { state: 'to_do', note: `${count(quarantined, 'file', 'files')} did not pass the check.`, path };
  if (sent > 0) return { state: 'done', note: `${count(sent, 'file', 'files')} sent.`, path };
  return { state: 'to_do', note: 'Nothing was sent yet.', path };
}

function resultsTask({ status, results, files }: CaseFacts): Draft {
  if (results > 0) return { state: 'done', note: `${count(results, 'result', 'results')} to read.`, path: null };
  if (status === 'closed') return { state: 'not_needed', note: 'The case is closed.', path: null };
  if (files.ready + files.checking > 0) return { state: 'waiting', note: 'Support works with what you sent.', path: null };
  return { state: 'cannot_start', note: 'They follow once a file was sent and checked.', path: null };
}

function filesStep({ files, openRequests }: CaseFacts): NextStep | null {
  const step = (label: string, why: string): NextStep => ({ kind: 'do', task: 'files', label, why, path: '/files/new' });
  if (files.unfinished > 0) return step('Go on sending', `${count(files.unfinished, 'file was', 'files were')} not sent to the end. What is stored stays stored; only the rest is sent.`);
  if (openRequests > 0) return step('Send what support asks for', `Support asks for ${count(openRequests, 'file', 'files')}, and says what for.`);
  if (files.checking > 0) return { kind: 'wait', label: 'Your files are being checked', why: 'The portal reads each file back from storage and compares it with what you sent. This page updates by itself.' };
  if (files.quarantined > 0 && files.ready === 0) return step('Send the file again', 'A file did not pass the check. Its page says why.');
  if (files.ready > 0) return { kind: 'wait', label: 'Support has what you sent', why: 'There is nothing to do for you now. If something more is needed, support asks for it here and by e-mail.' };
  return step('Send files', 'Choose the heap dumps, logs or backups that show the problem.');
}

/** The one thing that comes next in a case. A closed case has nothing to do. */
export function nextStepOf(facts: CaseFacts): NextStep {
  if (facts.isUnderErasure) {
    return { kind: 'wait', label: 'Everything of this case was ordered to be erased', why: 'It takes no more files, for good. The order and its certificate stand below. Open a new case to send something.' };
  }
  if (facts.status === 'closed') {
    return { kind: 'wait', label: 'This case is closed', why: 'It takes no more files. What was sent is erased on its date. Ask support to open it again, or open a new case.' };
  }
  if (facts.policy === 'not_accepted') {
    return { kind: 'do', task: 'policy', label: 'Read and accept the policy', why: 'It says who can see what you send, and when it is erased. Nothing can be sent before you accept it.', path: '/policy' };
  }
  if (facts.policy === 'outdated') {
    return { kind: 'do', task: 'policy', label: 'Read the new version of the policy', why: 'The policy changed since you accepted it. Nothing more can be sent before you accept the version in force.', path: '/policy' };
  }
  const waits = ndaWaits(facts);
  if (waits && facts.ndaRequired) return { kind: 'wait', label: 'The NDA waits for a signature', why: `${waits} Sending opens as soon as the agreement is in force; this page updates by itself.` };
  if (!facts.ndaCovered && facts.ndaRequired) {
    return { kind: 'do', task: 'nda', label: 'Arrange the NDA', why: 'Support marked this case as needing a signed NDA. Nothing can be sent before it is signed.', path: '/nda' };
  }
  if (!facts.ndaCovered && facts.ndaChoice === 'undecided' && !waits) {
    return { kind: 'do', task: 'nda', label: 'Decide about the NDA', why: 'A mutual non-disclosure agreement is offered before you send anything. It is optional.', path: '/nda' };
  }
  return filesStep(facts) ?? { kind: 'wait', label: 'Nothing to do', why: 'There is nothing to do for you now.' };
}

/** The five tasks in their order. Exactly one is `next` where the next step is something to do, none otherwise. */
export function caseTasks(facts: CaseFacts): readonly CaseTask[] {
  const step = nextStepOf(facts);
  const drafts: Readonly<Record<CaseTaskId, Draft>> = {
    details: { state: 'done', note: 'You described the problem.', path: '' },
    policy: policyTask(facts),
    nda: ndaTask(facts),
    files: filesTask(facts),
    results: resultsTask(facts),
  };
  return CASE_TASKS.map((id) => {
    const isNext = step.kind === 'do' && step.task === id;
    return { id, label: CASE_TASK_LABELS[id], ...drafts[id], ...(isNext ? { state: 'next' as const } : {}) };
  });
}
