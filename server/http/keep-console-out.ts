import { log } from '../logger';

/**
 * What Next says by itself on the console would go into the web process's log as it stands: addresses with their query
 * strings, and errors that quote their input. From here on it goes through the portal's own log, which keeps an error's class
 * and places and nothing else (P-LOGS).
 */
export function keepConsoleOutOfLogs(target: Pick<Console, 'error' | 'warn'> = console): void {
  const say = (level: 'error' | 'warn') => (...parts: readonly unknown[]) => log(level, 'framework-says', { error: parts.find((part) => part instanceof Error) });
  target.error = say('error');
  target.warn = say('warn');
}
