import Link from 'next/link';
import { DeskAlarm } from './desk-alarm';

/** That the audit log did not hold when it was last read, for those who may read it. */
export function AuditAlarm({ isIntact }: { readonly isIntact: boolean }) {
  if (isIntact) return null;
  return (
    <DeskAlarm title="The audit log does not hold">
      <p>
        Somebody changed or removed what may never change. The page <Link className="link" href="/desk/audit">Audit</Link> says where, and what to do now.
      </p>
    </DeskAlarm>
  );
}
