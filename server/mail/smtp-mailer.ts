import nodemailer from 'nodemailer';
import { type MailMessage, oneLine, type SendMail } from './mail-message';

export type SmtpOptions = {
  /** smtp:// or smtps://, with credentials where the server wants some. */
  readonly smtpUrl: string;
  readonly from: string;
  /** Host of AIRLOCK_URL, for Message-IDs. */
  readonly domain: string;
  /** Refuses to speak with a server that offers no TLS. Sign-in links do not go in plain text in production. */
  readonly requireTls: boolean;
  /** Milliseconds for each step of the conversation; a server that hangs does not hold the job. */
  readonly timeoutMs?: number;
};

const STEP_MS = 15_000;
/** For a whole mail, against a server that answers each step just in time. */
const STEPS_AT_MOST = 4;

class MailDeadlineError extends Error {
  readonly code = 'EDEADLINE';
}

/** `work`, or MailDeadlineError once the time is up; the timer never outlives it. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new MailDeadlineError('The mail server took too long.')), milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** A conversation with the mail server that is not begun yet; it ends with `close()`. */
export function openTransport({ smtpUrl, requireTls, timeoutMs = STEP_MS }: Pick<SmtpOptions, 'smtpUrl' | 'requireTls' | 'timeoutMs'>) {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  return nodemailer.createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    requireTLS: requireTls && !secure,
    auth: url.username ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } : undefined,
    dnsTimeout: timeoutMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // A mail is made of the strings that we give it: no template may name a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Mail by SMTP. A new connection for each mail: there are few, and a dead one cannot be reused by mistake. */
export function smtpMailer({ smtpUrl, from, domain, requireTls, timeoutMs = STEP_MS }: SmtpOptions): SendMail {
  return async (message: MailMessage) => {
    const transport = openTransport({ smtpUrl, requireTls, timeoutMs });
    try {
      const sent = transport.sendMail({
        from,
        // As an object, so that a comma or a bracket cannot make a second recipient.
        to: { name: '', address: message.to },
        subject: oneLine(message.subject),
        text: message.text,
        html: message.html,
        messageId: `<${message.id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      await within(timeoutMs * STEPS_AT_MOST, sent);
    } finally {
      transport.close();
    }
  };
}
