import { backstopDays } from '@/domain/retention';
import { getEnv } from '../env';
import { getBucket, getS3, REQUIRED_REGION } from '../storage/s3-client';
import { checkDatabase } from './check-database';
import { checkBucketSettings, checkErasureRights, checkSendingRights, REACH } from './check-storage';
import { checkKeys, checkMail, checkPortalAnswer, checkPortalCertificate, checkServices, checkStorageClock } from './check-surroundings';
import { type Diagnosis, look } from './diagnosis';

/** Whose credentials this is run with, where web and worker have roles of their own. */
export const PORTAL_ROLES = ['web', 'worker', 'both'] as const;
export type PortalRole = (typeof PORTAL_ROLES)[number];

/**
 * Looks at everything that the portal stands on, from the machine and with the credentials it is run with, and says of each part what
 * to change. Leaves nothing behind in storage and sends no mail. Throws EnvironmentError where the environment itself is not right.
 */
export async function diagnose({ now, role }: { readonly now: Date; readonly role: PortalRole }): Promise<readonly Diagnosis[]> {
  const env = getEnv();
  const [s3, bucket] = [getS3(), getBucket()];
  const expected = { bucket, region: REQUIRED_REGION, portalOrigin: new URL(env.AIRLOCK_URL).origin, backstopDays: backstopDays(env.RETENTION_RAW_DAYS) };
  const groups = await Promise.all([
    checkPortalCertificate({ now }),
    checkPortalAnswer(),
    checkDatabase(),
    // The worker's role cannot read the settings, and need not.
    role === 'worker' ? [] : look('storage: settings', REACH, () => checkBucketSettings({ s3, expected })),
    role === 'worker' ? [] : checkSendingRights({ s3, bucket }),
    role === 'web' ? [] : checkErasureRights({ s3, bucket }),
    checkStorageClock(),
    checkMail(),
    checkKeys({ now }),
    checkServices({ now }),
  ]);
  return groups.flat();
}
