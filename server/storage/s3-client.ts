import { S3Client } from '@aws-sdk/client-s3';
import { EnvironmentError, getEnv } from '../env';

/** The one region in which diagnostic data is received, stored and processed (P-REGION). */
export const REQUIRED_REGION = 'eu-west-1';

/** A storage that hangs is one that does not answer: a connection has to stand, and an answer to begin or go on, by then. */
const CONNECT_MS = 5_000;
const ANSWER_MS = 60_000;

// Next's development server loads modules anew; one client per process is kept on globalThis.
const holder = globalThis as typeof globalThis & { airlockS3?: S3Client };

/**
 * Makes a client for the portal's storage. It refuses another region than eu-west-1, computes checksums only where S3 asks for
 * them (otherwise a presigned URL carries a CRC-32 of an empty body), and repeats calls that end in 500, 503 or `SlowDown`
 * with backoff, five attempts in all (AWS SDK, standard retry mode).
 */
export function makeS3({ region, endpoint, credentials }: { region: string; endpoint?: string; credentials?: { accessKeyId: string; secretAccessKey: string } }): S3Client {
  if (region !== REQUIRED_REGION) throw new EnvironmentError([`AWS_REGION is ${region}; diagnostic data is received, stored and processed in ${REQUIRED_REGION} only.`]);
  return new S3Client({
    region,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 5,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true, socketTimeout: ANSWER_MS },
    // S3-compatible servers are addressed by path: their host name has no wildcard.
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(credentials ? { credentials } : {}),
  });
}

/** The storage client of this process, made at the first call; credentials come from the environment or from the machine's role. */
export function getS3(): S3Client {
  if (!holder.airlockS3) {
    const env = getEnv();
    const accessKeyId = env.S3_ACCESS_KEY_ID;
    const secretAccessKey = env.S3_SECRET_ACCESS_KEY;
    holder.airlockS3 = makeS3({ region: env.AWS_REGION, endpoint: env.S3_ENDPOINT, credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined });
  }
  return holder.airlockS3;
}

/** Name of the bucket for diagnostic data. */
export function getBucket(): string {
  return getEnv().S3_BUCKET;
}

/** Ends the client's connections: for the worker's shutdown and for tests. */
export function closeS3(): void {
  holder.airlockS3?.destroy();
  holder.airlockS3 = undefined;
}
