import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { composeNotice } from './compose-notice';
import { NOTICE_DATA, NOTICE_KINDS, type NoticeKind } from './notice-kinds';
import { NOTICE_TOPIC_NAMES, NOTICE_TOPICS, topicOf } from './notice-topics';
import { renderMail } from './render-mail';

const frame = { portalUrl: 'https://data.example.com', vendorName: 'Example Software', supportEmail: 'support@example.com' };
const hostile = 'Canary" <script>alert(1)</script>\r\nBcc: canary@example.com heap-canary.hprof';
/** Words of the portal's own; every other text comes from people. */
const OWN: Readonly<Record<string, string>> = { reference: 'AL-7K3M-Q2ZD', kindLabel: 'Heap dump', roleLabel: 'Administrator', next: '/cases' };

type Member = { readonly type?: string; readonly format?: string; readonly enum?: readonly unknown[]; readonly minimum?: number; readonly maxLength?: number; readonly pattern?: string };

function sampleOf(name: string, { type, format, enum: words, minimum, maxLength, pattern }: Member): unknown {
  if (Object.hasOwn(OWN, name)) return OWN[name];
  if (words) return words[0];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return Math.max(1, minimum ?? 1);
  if (format === 'uuid') return '0190f3c6-0000-7000-8000-000000000001';
  if (format === 'date-time') return '2026-12-04T10:00:00.000Z';
  return pattern ? 'a'.repeat(64) : hostile.slice(0, maxLength);
}

/** Data of a kind in which every text that comes from people is a canary, by its schema: a new kind needs no line here. */
function messageOf(kind: NoticeKind) {
  const { properties = {} } = z.toJSONSchema(NOTICE_DATA[kind], { io: 'input' }) as { properties?: Record<string, Member> };
  return composeNotice(kind, Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, sampleOf(name, member)])));
}

describe('a mail', () => {
  it('names each kind of file as a sentence does', () => {
    const asks = Object.values(FILE_KIND_LABELS).map((kindLabel) => composeNotice('file_requested', { reference: 'AL-7K3M-Q2ZD', kindLabel, purpose: 'To see it.' }).paragraphs[0]);
    expect(asks).toEqual(['a heap dump', 'a component log', 'an operating system log', 'a database backup', 'a file'].map((words) => `Support asks for ${words}.`));
  });

  it.each(NOTICE_KINDS)('of kind %s has a subject of one line without a word of any person, text, and HTML without foreign markup', (kind) => {
    const message = messageOf(kind);
    const mail = renderMail(message, frame, 'secret');
    expect(mail.subject).toMatch(/^[^\r\n]{5,78}$/);
    expect(mail.subject).not.toMatch(/canary|script|@|secret/i);
    if (message.action) expect(mail.text).toContain('https://data.example.com/');
    expect(mail.html).not.toContain('<script>');
    for (const words of message.paragraphs) expect(mail.text).toContain(words);
  });

  it('carries the secret of its link in the fragment only', () => {
    const { text, html } = renderMail(messageOf('sign_in_link'), frame, 'the-secret');
    const link = 'https://data.example.com/sign-in/link?next=%2Fcases#the-secret';
    expect(text).toContain(link);
    expect(html).toContain(`href="${link}"`);
  });

  it('shows a code in its text, and never behind a link', () => {
    const { text, html } = renderMail(messageOf('nda_signing_code'), frame, '123456');
    expect(text).toContain('\n123456\n');
    expect(html).toContain('>123456<');
    expect(text).not.toContain('#');
  });

  it('refuses data that its kind does not know', () => {
    expect(() => composeNotice('case_opened', { reference: 'AL-7K3M-Q2ZD', email: 'a@example.com' })).toThrow();
  });

  it('never shows the sealed secret', () => {
    expect(JSON.stringify(composeNotice('sign_in_link', { next: '/', sealed: 'canary' }))).not.toContain('canary');
  });

  it('says where to choose what is mailed, where there is a choice', () => {
    const where = 'https://data.example.com/notices/settings';
    expect(renderMail(messageOf('case_opened'), frame).text).toContain(where);
    expect(renderMail(messageOf('case_opened'), frame).html).toContain(where);
    for (const kind of NOTICE_KINDS.filter((one) => topicOf(one) === null)) expect(renderMail(messageOf(kind), frame).text).not.toContain(where);
  });
});

describe('the topics that a person may do without', () => {
  it('hold no link, no code, and nothing that the policy promises to tell', () => {
    const optional = NOTICE_TOPIC_NAMES.flatMap((topic): readonly NoticeKind[] => NOTICE_TOPICS[topic].kinds);
    expect(new Set(optional).size).toBe(optional.length);
    expect(optional.filter((kind) => /link|code|^invitation$|extension|sharing|shared|raw_access|erasure|erased|expired|quarantined|lost|nda_required|nda_in_force/.test(kind))).toEqual([]);
  });
});
