import { publishContent } from '@/server/content/publish-content';
import { closeDb } from '@/server/db';
import { isDemo, refuseOwnerOfTables } from '@/server/env';
import { requireSoundBucket } from '@/server/storage/require-sound-bucket';
import { getBucket, getS3 } from '@/server/storage/s3-client';
import { startWorker } from './start-worker';

/**
 * The background process: reads files back, sweeps, mails. It says `ready` on its standard output once it takes jobs.
 * SIGTERM and SIGINT end it: it takes no more jobs, tells those under way to stop, and they are tried again.
 */
refuseOwnerOfTables();
// New versions of the texts come with a new version of the portal; an edited one stops it here, with a sentence.
await publishContent({ now: new Date() });
// In demo mode the launcher has just set the bucket up; elsewhere somebody else did.
if (!isDemo()) await requireSoundBucket({ s3: getS3(), bucket: getBucket() });
const worker = await startWorker();
process.stdout.write('ready\n');

let ending: Promise<void> | undefined;
const end = () => {
  ending ??= worker.stop().finally(closeDb);
};
process.on('SIGTERM', end);
process.on('SIGINT', end);

await worker.ended;
await ending;
// Sockets that a library keeps warm do not keep a finished worker alive.
process.exit(ending ? 0 : 1);
