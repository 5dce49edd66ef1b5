import { getEnv } from '../env';
import { requiresTls } from './get-mailer';
import { openTransport } from './smtp-mailer';

/** Connects to the mail server and signs in, as for a mail, and sends none. Throws what went wrong; an outbox needs no server. */
export async function verifyMailServer({ timeoutMs }: { readonly timeoutMs: number }): Promise<void> {
  const { SMTP_URL } = getEnv();
  if (!SMTP_URL) return;
  const transport = openTransport({ smtpUrl: SMTP_URL, requireTls: requiresTls(SMTP_URL), timeoutMs });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}
