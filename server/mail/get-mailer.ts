import { getEnv, isDemo } from '../env';
import { type SendMail } from './mail-message';
import { outboxFolder, outboxMailer } from './outbox';
import { smtpMailer } from './smtp-mailer';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Sign-in links leave this machine over TLS alone, except in demo mode (P-TRANSIT). */
export function requiresTls(smtpUrl: string): boolean {
  return !isDemo() && !LOOPBACK.test(new URL(smtpUrl).hostname);
}

/** The way that mail leaves by the environment: the mail server of SMTP_URL, or the outbox of demo mode. */
export function getMailer(): SendMail {
  const env = getEnv();
  if (!env.SMTP_URL) return outboxMailer({ folder: outboxFolder(env.AIRLOCK_DATA_DIR), from: env.MAIL_FROM });
  return smtpMailer({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, domain: new URL(env.AIRLOCK_URL).hostname, requireTls: requiresTls(env.SMTP_URL) });
}
