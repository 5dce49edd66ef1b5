import { z } from 'zod';

/**
 * The jobs of the worker and their payloads: ids only, so that no name or address waits in a queue. Every job may
 * run twice, be killed anywhere and be started again. Payloads are parsed before a job runs.
 */
export const JOB_PAYLOADS = {
  'verify-file': z.strictObject({ fileId: z.uuid() }),
  'delete-objects': z.strictObject({ fileId: z.uuid() }),
  'send-notices': z.strictObject({}),
  'countersign-nda': z.strictObject({ agreementId: z.uuid() }),
  'nda-clock': z.strictObject({}),
  erase: z.strictObject({ orderId: z.uuid() }),
  'tend-erasures': z.strictObject({}),
  sweep: z.strictObject({}),
  'end-access': z.strictObject({}),
  reconcile: z.strictObject({}),
  prune: z.strictObject({}),
  'anchor-audit': z.strictObject({}),
  'archive-logs': z.strictObject({}),
} as const;
export type JobName = keyof typeof JOB_PAYLOADS;
export type JobPayload<Name extends JobName> = z.infer<(typeof JOB_PAYLOADS)[Name]>;
