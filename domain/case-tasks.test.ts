import { describe, expect, it } from 'vitest';
import { type CaseFacts, CASE_TASKS, caseTasks, type CaseTaskId, maySendFiles, nextStepOf, type TaskState } from './case-tasks';

const nothingSent = { unfinished: 0, checking: 0, ready: 0, quarantined: 0, gone: 0 };
const fresh: CaseFacts = { status: 'open', policy: 'not_accepted', ndaRequired: false, ndaChoice: 'undecided', ndaCovered: false, files: nothingSent, openRequests: 0, results: 0 };
const ready: CaseFacts = { ...fresh, policy: 'accepted', ndaChoice: 'without' };
const files = (counts: Partial<CaseFacts['files']>, facts: Partial<CaseFacts> = {}): CaseFacts => ({ ...ready, ...facts, files: { ...nothingSent, ...counts } });

const stateOf = (facts: CaseFacts, id: CaseTaskId): TaskState | undefined => caseTasks(facts).find((task) => task.id === id)?.state;
const states = (facts: CaseFacts) => Object.fromEntries(caseTasks(facts).map(({ id, state }) => [id, state]));

describe('the task list of a case', () => {
  it('begins with the policy; files cannot start, results neither', () => {
    expect(states(fresh)).toEqual({ details: 'done', policy: 'next', nda: 'to_do', files: 'cannot_start', results: 'cannot_start' });
    expect(nextStepOf(fresh)).toMatchObject({ kind: 'do', task: 'policy', path: '/policy' });
  });

  it('goes on with the NDA, which is offered before anything is sent', () => {
    const facts: CaseFacts = { ...fresh, policy: 'accepted' };
    expect(states(facts)).toMatchObject({ policy: 'done', nda: 'next', files: 'to_do' });
    expect(nextStepOf(facts)).toMatchObject({ task: 'nda', label: 'Decide about the NDA' });
  });

  it('then asks for files, whether the NDA was put off or gone without', () => {
    expect(states(ready)).toMatchObject({ nda: 'not_needed', files: 'next' });
    expect(states({ ...ready, ndaChoice: 'sign_later' })).toMatchObject({ nda: 'to_do', files: 'next' });
  });

  it('lets nothing be sent where the NDA is required and none is in force, whatever was chosen', () => {
    for (const ndaChoice of ['undecided', 'without', 'sign_later'] as const) {
      const facts: CaseFacts = { ...ready, ndaRequired: true, ndaChoice };
      expect(states(facts)).toMatchObject({ nda: 'next', files: 'cannot_start' });
      expect(maySendFiles(facts)).toBe(false);
      expect(maySendFiles({ ...facts, ndaCovered: true })).toBe(true);
    }
  });

  it('waits where the NDA is with others, and sends meanwhile where it is optional', () => {
    const required: CaseFacts = { ...ready, ndaRequired: true, ndaChoice: 'undecided' };
    for (const ndaUnderWay of ['sent', 'signed', 'paper_pending'] as const) {
      expect(stateOf({ ...required, ndaUnderWay }, 'nda')).toBe('waiting');
      expect(nextStepOf({ ...required, ndaUnderWay })).toMatchObject({ kind: 'wait', label: 'The NDA waits for a signature' });
      expect(nextStepOf({ ...required, ndaRequired: false, ndaUnderWay })).toMatchObject({ task: 'files' });
    }
    expect(nextStepOf({ ...required, ndaUnderWay: 'draft' })).toMatchObject({ task: 'nda' });
  });

  it('asks nothing about the NDA where one is in force', () => {
    expect(states({ ...fresh, policy: 'accepted', ndaCovered: true })).toMatchObject({ nda: 'done', files: 'next' });
  });

  it('asks again when a new version of the policy is in force, before anything else', () => {
    const facts = files({ unfinished: 1, ready: 1 }, { policy: 'outdated' });
    expect(states(facts)).toMatchObject({ policy: 'next', files: 'cannot_start' });
    expect(nextStepOf(facts)).toMatchObject({ task: 'policy', label: 'Read the new version of the policy' });
    expect(maySendFiles(facts)).toBe(false);
  });

  it.each([
    [files({ unfinished: 2 }), 'next', 'Go on sending'],
    [files({ ready: 1 }, { openRequests: 1 }), 'next', 'Send what support asks for'],
    [files({ checking: 1, ready: 3 }), 'waiting', 'Your files are being checked'],
    [files({ quarantined: 1 }), 'next', 'Send the file again'],
    [files({ quarantined: 1, ready: 1 }), 'done', 'Support has what you sent'],
    [files({ ready: 1 }), 'done', 'Support has what you sent'],
    [files({ gone: 3 }), 'next', 'Send files'],
    [ready, 'next', 'Send files'],
  ])('says what comes next for the files (%#)', (facts, state, label) => {
    expect(stateOf(facts, 'files')).toBe(state);
    expect(nextStepOf(facts).label).toBe(label);
  });

  it('waits for results once something arrived, and says when there are some', () => {
    expect(stateOf(files({ checking: 1 }), 'results')).toBe('waiting');
    expect(stateOf(files({ ready: 1 }, { results: 2 }), 'results')).toBe('done');
  });

  it('leaves nothing to do in a closed case', () => {
    const closed = files({ ready: 1, unfinished: 1 }, { status: 'closed', policy: 'outdated', ndaRequired: true, ndaChoice: 'undecided', openRequests: 1 });
    expect(states(closed)).toEqual({ details: 'done', policy: 'not_needed', nda: 'not_needed', files: 'done', results: 'not_needed' });
    expect(nextStepOf(closed)).toMatchObject({ kind: 'wait', label: 'This case is closed' });
    expect(maySendFiles(closed)).toBe(false);
  });

  it('has exactly one next task where something is to be done, and none otherwise, in every combination', () => {
    const flags = [false, true];
    const choices = ['undecided', 'without', 'sign_later'] as const;
    const policies = ['accepted', 'outdated', 'not_accepted'] as const;
    const counts = [{}, { unfinished: 1 }, { checking: 1 }, { ready: 1 }, { quarantined: 1 }, { gone: 1 }];
    for (const status of ['open', 'closed'] as const)
      for (const policy of policies)
        for (const ndaChoice of choices)
          for (const ndaRequired of flags)
            for (const ndaCovered of flags)
              for (const sent of counts)
                for (const openRequests of [0, 1]) {
                  const facts = files(sent, { status, policy, ndaChoice, ndaRequired, ndaCovered, openRequests });
                  const tasks = caseTasks(facts);
                  expect(tasks.map(({ id }) => id)).toEqual(CASE_TASKS);
                  const step = nextStepOf(facts);
                  expect(tasks.filter(({ state }) => state === 'next').map(({ id }) => id)).toEqual(step.kind === 'do' ? [step.task] : []);
                  if (step.kind === 'do' && step.task === 'files') expect(maySendFiles(facts)).toBe(true);
                }
  });

  it('says that there is nothing to do where everything was ordered to be erased', () => {
    const facts = files({ gone: 2 }, { status: 'closed', isUnderErasure: true });
    expect(nextStepOf(facts)).toMatchObject({ kind: 'wait', label: 'Everything of this case was ordered to be erased' });
    expect(maySendFiles(facts)).toBe(false);
  });
});
