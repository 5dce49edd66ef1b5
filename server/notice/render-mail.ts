import { oneLine } from '../mail/mail-message';
import { type NoticeMessage } from './notice-message';

export type MailFrame = { readonly portalUrl: string; readonly vendorName: string; readonly supportEmail: string };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The link of a message. The secret stands in the fragment, which browsers send to nobody (RFC 3986, 3.5). */
function linkOf(message: NoticeMessage, portalUrl: string, secret: string | undefined): string | undefined {
  return message.action && `${portalUrl}${message.action.path}${secret ? `#${secret}` : ''}`;
}

/** Subject, plain text and simple HTML of a mail. Everything that came from people is escaped. */
export function renderMail(message: NoticeMessage, frame: MailFrame, secret?: string): { subject: string; text: string; html: string } {
  const isCode = message.secretAs === 'code';
  const link = linkOf(message, frame.portalUrl, isCode ? undefined : secret);
  const code = isCode && secret ? [secret] : [];
  const settings = message.isOptional ? [`You need not get this by mail: choose what is mailed to you at ${frame.portalUrl}/notices/settings`] : [];
  const signature = `${frame.vendorName} support: ${frame.supportEmail}`;
  const text = [...message.paragraphs, ...code, ...(link ? [`${message.action?.label}:\n${link}`] : []), ...(message.footnote ? [message.footnote] : []), ...settings, `-- \n${signature}`].join('\n\n');
  const paragraph = (words: string, style = '') => `<p style="margin:0 0 16px;${style}">${escapeHtml(words)}</p>`;
  const html = [
    '<!doctype html><html lang="en"><body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1a2421;background:#fff"><div style="max-width:36em">',
    ...message.paragraphs.map((words) => paragraph(words)),
    ...code.map((digits) => paragraph(digits, 'font-size:24px;font-weight:600;letter-spacing:0.1em')),
    ...(link ? [`<p style="margin:0 0 16px"><a href="${escapeHtml(link)}" style="color:#0f766e;font-weight:600">${escapeHtml(message.action?.label ?? '')}</a></p>`, `<p style="margin:0 0 16px;font-size:13px;word-break:break-all">${escapeHtml(link)}</p>`] : []),
    ...(message.footnote ? [paragraph(message.footnote, 'font-size:14px')] : []),
    ...settings.map((words) => paragraph(words, 'font-size:13px;color:#5b6864')),
    paragraph(signature, 'font-size:13px;color:#5b6864'),
    '</div></body></html>',
  ].join('\n');
  return { subject: oneLine(message.subject), text, html };
}
