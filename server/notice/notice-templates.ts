import { type z } from 'zod';
import { type NOTICE_DATA, type NoticeKind } from './notice-kinds';

/** What a notice says, before it becomes a mail or a line of the notices page. `path` is of this portal. */
export type NoticeMessage = {
  /** Without personal data: subjects stand in logs of mail servers and on lock screens. */
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action?: { readonly label: string; readonly path: string };
  readonly footnote?: string;
};

type Parsed<K extends NoticeKind> = z.output<(typeof NOTICE_DATA)[K]>;
type Templates = { readonly [K in NoticeKind]: (data: Parsed<K>) => NoticeMessage };

const casePath = (reference: string) => `/cases/${encodeURIComponent(reference)}`;
const openCase = (reference: string) => ({ label: 'Open the case', path: casePath(reference) });
const day = (iso: string) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/**
 * The words of every notice. The secret of a link is not here: it is put behind `#` when the mail is made, so that mail
 * scanners, logs and the Referer header never get it.
 */
export const NOTICE_TEMPLATES: Templates = {
  sign_in_link: ({ next }) => ({
    subject: 'Your sign-in link',
    paragraphs: ['Somebody, most likely you, asked to sign in to the portal with this address.', 'The link works once, within 15 minutes.'],
    action: { label: 'Sign in', path: next === '/' ? '/sign-in/link' : `/sign-in/link?next=${encodeURIComponent(next)}` },
    footnote: 'If you did not ask for it, do nothing: without the link nobody gets in.',
  }),
  invitation: ({ organizationName }) => ({
    subject: 'You are invited to join your colleagues',
    paragraphs: [`A colleague invited you to join "${organizationName}". Members see its cases and can send files for them.`, 'The invitation works once, within 7 days, and only for this address.'],
    action: { label: 'See the invitation', path: '/invitation' },
    footnote: 'If you do not know the organization, do nothing.',
  }),
  invitation_accepted: ({ organizationName }) => ({
    subject: 'Your invitation was accepted',
    paragraphs: [`The colleague whom you invited now belongs to "${organizationName}".`],
    action: { label: 'See the members', path: '/organization' },
  }),
  staff_added: ({ roleLabel }) => ({
    subject: 'You have a staff account',
    paragraphs: [`An administrator made an account for you: ${roleLabel}.`],
    action: { label: 'Go to the desk', path: '/desk' },
  }),
  case_opened: ({ reference }) => ({
    subject: `Case ${reference} is open`,
    paragraphs: [`Your case has the reference ${reference}. Give it whenever you write or call.`, 'The case page shows what comes next: the policy, the NDA, and sending files.'],
    action: openCase(reference),
  }),
  case_closed: ({ reference }) => ({
    subject: `Case ${reference} was closed`,
    paragraphs: ['The case takes no more files. What was sent is erased on its dates, as before.'],
    action: openCase(reference),
  }),
  case_reopened: ({ reference }) => ({ subject: `Case ${reference} was opened again`, paragraphs: ['The case takes files again.'], action: openCase(reference) }),
  nda_required: ({ reference }) => ({
    subject: `Case ${reference} needs a signed NDA`,
    paragraphs: ['Support marked this case as needing a signed non-disclosure agreement. Nothing can be sent before it is signed.'],
    action: { label: 'Go to the NDA step', path: `${casePath(reference)}/nda` },
  }),
  nda_not_required: ({ reference }) => ({
    subject: `Case ${reference} no longer needs a signed NDA`,
    paragraphs: ['Support took back that this case needs a signed non-disclosure agreement. You can send files; signing one is still possible.'],
    action: openCase(reference),
  }),
  file_requested: ({ reference, kindLabel, purpose }) => ({
    subject: `Case ${reference}: support asks for a file`,
    paragraphs: [`Support asks for a ${lowerFirst(kindLabel)}.`, `What it is for: ${purpose}`, 'Nothing is collected from your machines: only what you send yourself arrives.'],
    action: openCase(reference),
  }),
  file_request_withdrawn: ({ reference, kindLabel }) => ({
    subject: `Case ${reference}: a request was withdrawn`,
    paragraphs: [`Support no longer needs the ${lowerFirst(kindLabel)} that it asked for. You need not send it.`],
    action: openCase(reference),
  }),
  file_verified: ({ reference, kindLabel, fileId, dueAt }) => ({
    subject: `Case ${reference}: your file arrived whole`,
    paragraphs: [`The ${lowerFirst(kindLabel)} was read back from storage and is what you sent. Its receipt is signed.`, `It will be erased on ${day(dueAt)} at the latest.`],
    action: { label: 'See the receipt', path: `${casePath(reference)}/files/${fileId}/receipt` },
  }),
  file_quarantined: ({ reference, kindLabel, fileId, reason }) => ({
    subject: `Case ${reference}: a file cannot be used`,
    paragraphs: [`The ${lowerFirst(kindLabel)} was set aside: ${lowerFirst(reason)}`, 'It will not be analysed, and is erased on its date. Please send it again.'],
    action: { label: 'See the file', path: `${casePath(reference)}/files/${fileId}` },
  }),
  file_abandoned: ({ reference, kindLabel }) => ({
    subject: `Case ${reference}: an upload was not finished`,
    paragraphs: [`Sending the ${lowerFirst(kindLabel)} was not finished. What had arrived is removed; send it again whenever you like.`],
    action: openCase(reference),
  }),
  file_expired: ({ reference, kindLabel }) => ({
    subject: `Case ${reference}: a file was erased on its date`,
    paragraphs: [`The ${lowerFirst(kindLabel)} was erased: every stored version was deleted and then seen to be absent.`],
    action: openCase(reference),
  }),
};
