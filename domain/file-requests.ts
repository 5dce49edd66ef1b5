import { z } from 'zod';
import { FILE_KINDS } from './file-kinds';
import { paragraphOfText } from './text';

/** What support fills in to ask for a file. Without a purpose nothing is asked for (P-MIN). */
export const makeFileRequestInput = z.strictObject({
  reference: z.string(),
  kind: z.enum(FILE_KINDS, { error: 'Choose the kind of file.' }),
  purpose: paragraphOfText(500, 'what the file is needed for'),
});
