import { type ReactNode } from 'react';
import { requireStaff } from '@/server/auth/current-actor';

/** The desk is for people who work for the vendor. Each page and each use case asks again. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  await requireStaff();
  return children;
}
