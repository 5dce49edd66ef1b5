import { type ReactNode } from 'react';
import { AuditAlarm } from '@/components/desk/audit-alarm';
import { RetentionAlarm } from '@/components/retention/retention-alarm';
import { may } from '@/domain/permissions';
import { getLastAuditCheck } from '@/server/audit/check-audit-log';
import { requireStaff } from '@/server/auth/current-actor';
import { getRetentionProblems } from '@/server/retention/read-sweep-facts';

/** The desk is for people who work for the vendor. Each page and each use case asks again. What is wrong with keeping dates, or with the audit log, stands on all of them. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const actor = await requireStaff();
  const [problems, check] = await Promise.all([getRetentionProblems({ now: new Date() }), may(actor, 'audit:read') ? getLastAuditCheck({ actor }) : null]);
  return (
    <>
      <RetentionAlarm problems={problems} />
      <AuditAlarm isIntact={check?.isIntact ?? true} />
      {children}
    </>
  );
}
