import { describe, expect, it } from 'vitest';
import { composeNotice } from './compose-notice';
import { NOTICE_KINDS, type NoticeKind } from './notice-kinds';
import { renderMail } from './render-mail';

const frame = { portalUrl: 'https://data.example.com', vendorName: 'Example Software', supportEmail: 'support@example.com' };
const hostile = 'Evil" <script>alert(1)</script>\r\nBcc: victim@example.com';
const everything = {
  next: '/cases', organizationName: hostile, roleLabel: 'Administrator', reference: 'AL-7K3M-Q2ZD', fileId: '0190f3c6-0000-7000-8000-000000000001', kindLabel: 'Heap dump',
  agreementId: '0190f3c6-0000-7000-8000-000000000002', sha256: 'a'.repeat(64), how: 'expired', isReminder: true,
  purpose: hostile, dueAt: '2026-12-04T10:00:00.000Z', reason: 'The gzip stream ends too early.',
};
const needed: Record<string, readonly (keyof typeof everything)[]> = {
  sign_in_link: ['next'], invitation: ['organizationName'], invitation_accepted: ['organizationName'], staff_added: ['roleLabel'],
  nda_signing_link: ['organizationName', 'isReminder'], nda_signing_code: [], nda_signed: ['agreementId'], nda_to_countersign: ['agreementId'], nda_paper_to_review: ['agreementId'],
  nda_in_force: ['agreementId', 'sha256'], nda_in_force_copy: ['organizationName', 'sha256'], nda_paper_on_file: ['agreementId'], nda_over: ['agreementId', 'how'], nda_withdrawn_for_signatory: ['organizationName'],
  file_requested: ['reference', 'kindLabel', 'purpose'], file_request_withdrawn: ['reference', 'kindLabel'], file_verified: ['reference', 'fileId', 'kindLabel', 'dueAt'],
  file_quarantined: ['reference', 'fileId', 'kindLabel', 'reason'], file_abandoned: ['reference', 'fileId', 'kindLabel'], file_expired: ['reference', 'fileId', 'kindLabel'],
};
const messageOf = (kind: NoticeKind) => composeNotice(kind, Object.fromEntries((needed[kind] ?? ['reference']).map((name) => [name, everything[name]])));

describe('a mail', () => {
  it.each(NOTICE_KINDS)('of kind %s has a subject of one line, text, and HTML without foreign markup', (kind) => {
    const mail = renderMail(messageOf(kind), frame, 'secret');
    expect(mail.subject).toMatch(/^[^\r\n]{5,78}$/);
    expect(mail.subject).not.toContain('Evil');
    if (messageOf(kind).action) expect(mail.text).toContain('https://data.example.com/');
    expect(mail.html).not.toContain('<script>');
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
});
