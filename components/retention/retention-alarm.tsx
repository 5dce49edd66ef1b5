import { DeskAlarm } from '../desk/desk-alarm';

/** What is wrong with keeping the dates of the policy, for everybody at the desk; nothing where nothing is. */
export function RetentionAlarm({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <DeskAlarm title="Data is not erased when it should be">
      {problems.map((problem) => (
        <p key={problem}>{problem}</p>
      ))}
      <p>Tell whoever operates the portal now: the policy promises these dates.</p>
    </DeskAlarm>
  );
}
