import { describe, expect, it } from 'vitest';
import { type SmtpManner, type SmtpServer, startSmtpServer } from '@/tests/fixtures/smtp-server';
import { smtpMailer } from './smtp-mailer';

const message = { id: '0190f3c6-0000-7000-8000-000000000001', to: 'ada@example.test', subject: 'Your sign-in link', text: 'Hello\n.\nthere', html: '<p>Hello</p>' };

async function withServer(manner: SmtpManner, work: (server: SmtpServer, send: ReturnType<typeof smtpMailer>) => Promise<void>, options: { requireTls?: boolean; timeoutMs?: number } = {}): Promise<void> {
  const server = await startSmtpServer(manner);
  try {
    await work(server, smtpMailer({ smtpUrl: server.url, from: 'Airlock <no-reply@example.test>', domain: 'data.example.test', requireTls: false, ...options }));
  } finally {
    await server.close();
  }
}

describe('mail by SMTP', () => {
  it('arrives whole, with an id of its own', () => withServer('accept', async (server, send) => {
    await send(message);
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]?.recipients).toEqual(['ada@example.test']);
    expect(server.mails[0]?.source).toMatch(/^From: Airlock <no-reply@example\.test>$/m);
    expect(server.mails[0]?.source).toContain(`Message-ID: <${message.id}@data.example.test>`);
  }));

  it('grows no header and no recipient from hostile input', () => withServer('accept', async (server, send) => {
    await send({ ...message, subject: 'Hello\r\nBcc: victim@example.test\r\n\r\ninjected' });
    await send({ ...message, to: 'ada@example.test, victim@example.test' }).catch(() => undefined);
    await send({ ...message, to: 'ada@example.test>\r\nRCPT TO:<victim@example.test' }).catch(() => undefined);
    expect(server.mails[0]?.source).not.toMatch(/^Bcc:/im);
    expect(server.mails.flatMap(({ recipients }) => recipients)).not.toContain('victim@example.test');
  }));

  it('says when a recipient is refused', () => withServer('refuse', async (_server, send) => {
    await expect(send(message)).rejects.toMatchObject({ responseCode: 550 });
  }));

  it('says when the server takes the mail and breaks off without a word: it counts as not sent, and is tried again under the same id', () => withServer('drop', async (server, send) => {
    await expect(send(message)).rejects.toThrow();
    expect(server.mails).toHaveLength(0);
  }));

  it.each<SmtpManner>(['hang', 'drip'])('does not wait for ever for a server that does %s', (manner) => withServer(manner, async (_server, send) => {
    await expect(send(message)).rejects.toThrow();
  }, { timeoutMs: 50 }));

  it('does not speak in plain text where TLS is required', () => withServer('accept', async (server, send) => {
    await expect(send(message)).rejects.toThrow();
    expect(server.mails).toHaveLength(0);
  }, { requireTls: true }));

  it('says when there is no server', async () => {
    const send = smtpMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'a@example.test', domain: 'x.test', requireTls: false });
    await expect(send(message)).rejects.toMatchObject({ code: expect.stringMatching(/ECONNREFUSED|ESOCKET|ECONNECTION/) });
  });
});
