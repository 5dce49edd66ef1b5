import { type SystemActor } from '@/domain/actor';

/** The worker, in the audit of what it erases. */
export const ERASER: SystemActor = { kind: 'system', name: 'erase' };
