import { z } from 'zod';

/** The parts of an address below /api/v1/files/{fileId}. */
export const fileParams = z.object({ fileId: z.uuid() });

/** The parts of an address below /api/v1/cases/{reference}. */
export const caseParams = z.object({ reference: z.string() });
