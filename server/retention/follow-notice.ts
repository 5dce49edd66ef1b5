import { type SystemActor } from '@/domain/actor';
import { type Tx } from '../db';
import { isErasureOrdered } from '../erasure/is-erasure-ordered';
import { loadFileForJob } from '../file/load-file';
import { daysLeftToExtend, isRunning, lockClock, moveClock } from './move-clock';
import { recordExtension } from './propose-extension';

const MAILER: SystemActor = { kind: 'system', name: 'send-notices' };

type Followed = { readonly noticeId: string; readonly became: 'sent' | 'dead'; readonly now: Date };

/**
 * What hangs on a notice, in the transaction that records how its mailing ended. An extension takes effect, and its clock moves, once its notice was
 * handed to mail (P-EXTEND); it is *undeliverable* once that was given up, and has *lapsed* where the file's time was over or its erasure
 * ordered meanwhile. Safe to repeat: only an extension that still waits changes.
 */
export async function followNotice(tx: Tx, { noticeId, became, now }: Followed): Promise<void> {
  const extension = await tx.retentionExtension.findUnique({ where: { noticeId }, select: { id: true, days: true, clockId: true } });
  const clock = extension && (await lockClock(tx, extension.clockId));
  const file = clock?.fileId ? await loadFileForJob(tx, clock.fileId) : null;
  if (!extension || !clock || !file) return;
  const isPossible = isRunning(clock, now) && extension.days <= daysLeftToExtend(clock, file) && !(await isErasureOrdered(tx, file));
  const state = !isPossible ? 'lapsed' : became === 'dead' ? 'undeliverable' : 'effective';
  const { count } = await tx.retentionExtension.updateMany({
    // A notice that was given up and is mailed after all, by hand, counts.
    where: { id: extension.id, state: { in: ['proposed', 'undeliverable'] }, NOT: { state } },
    data: state === 'effective' ? { state, effectiveAt: now, endedAt: null } : { state, endedAt: now },
  });
  if (count !== 1) return;
  const data = { extensionId: extension.id, days: extension.days };
  if (state !== 'effective') return recordExtension(tx, { type: `extension.${state}`, actor: MAILER, now, file, data });
  const dueAt = await moveClock(tx, clock.id, now);
  await recordExtension(tx, { type: 'extension.took_effect', actor: MAILER, now, file, data: { ...data, dueAt: dueAt.toISOString() } });
}
