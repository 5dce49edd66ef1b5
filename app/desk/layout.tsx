import { type ReactNode } from 'react';
import { RetentionAlarm } from '@/components/retention/retention-alarm';
import { requireStaff } from '@/server/auth/current-actor';
import { getRetentionProblems } from '@/server/retention/read-sweep-facts';

/** The desk is for people who work for the vendor. Each page and each use case asks again. What is wrong with keeping dates stands on all of them. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  await requireStaff();
  const problems = await getRetentionProblems({ now: new Date() });
  return (
    <>
      <RetentionAlarm problems={problems} />
      {children}
    </>
  );
}
