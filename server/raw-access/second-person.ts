import { getEnv } from '../env';

/**
 * The two-person rule of raw access: who asks is never who grants. A setting of the environment and not of the portal: nobody who would gain by it can
 * switch it off from inside. The policy's evidence shows it.
 */
export function isSecondPersonNeeded(): boolean {
  return getEnv().RAW_ACCESS_SECOND_PERSON === 'on';
}
