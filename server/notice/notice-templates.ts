import { type z } from 'zod';
import { ACCESS_TEMPLATES } from './access-templates';
import { type NOTICE_DATA, type NoticeKind } from './notice-kinds';

/** What a notice says, before it becomes a mail or a line of the notices page. `path` is of this portal. */
export type NoticeMessage = {
  /** Without personal data: subjects stand in logs of mail servers and on lock screens. */
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action?: { readonly label: string; readonly path: string };
  readonly footnote?: string;
  /** What the secret of the mail is: the end of its link (the default), or a code that stands in its text. */
  readonly secretAs?: 'link' | 'code';
};

type Parsed<K extends NoticeKind> = z.output<(typeof NOTICE_DATA)[K]>;
type Templates = { readonly [K in NoticeKind]: (data: Parsed<K>) => NoticeMessage };

const casePath = (reference: string) => `/cases/${encodeURIComponent(reference)}`;
const openCase = (reference: string) => ({ label: 'Open the case', path: casePath(reference) });
const openAgreement = (agreementId: string) => ({ label: 'See the agreement', path: `/nda/agreements/${agreementId}` });
const NDA_OVER = {
  declined: { subject: 'The agreement was declined', paragraphs: ['The signatory did not sign. The reason stands on the page of the agreement, if one was given. You can begin anew.'] },
  withdrawn: { subject: 'The agreement was withdrawn', paragraphs: ['It was withdrawn before it was countersigned, so it does not bind anybody.'] },
  expired: { subject: 'The agreement expired', paragraphs: ['Nobody signed within 14 days. You can begin anew whenever you like.'] },
  refused: { subject: 'The paper copy was not accepted', paragraphs: ['Support could not put the copy on file. The reason stands on the page of the agreement.'] },
  ended: { subject: 'The agreement ended', paragraphs: ['It no longer covers cases. What was disclosed under it stays protected, as its text says.'] },
} as const;
const day = (iso: string) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/**
 * The words of every notice. The secret of a link is not here: it is put behind `#` when the mail is made, so that mail
 * scanners, logs and the Referer header never get it.
 */
export const NOTICE_TEMPLATES: Templates = {
  ...ACCESS_TEMPLATES,
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
  nda_signing_link: ({ organizationName, isReminder }) => ({
    subject: isReminder ? 'Reminder: an agreement waits for your signature' : 'An agreement waits for your signature',
    paragraphs: [
      `"${organizationName}" asks you to sign a mutual non-disclosure agreement for its support cases.${isReminder ? ' Earlier links do not work any more; use this one.' : ''}`,
      'You need no account. The link works once; then a code is mailed to this address. You read the whole text before anything is signed, and can decline.',
    ],
    action: { label: 'Read and sign', path: '/signing/link' },
    footnote: 'If you may not sign for the organization, you can forward the agreement from there to the person who may. Please do not forward this mail.',
  }),
  nda_signing_code: () => ({
    subject: 'Your code for signing',
    paragraphs: ['Type this code on the page that asked for it. It works for 15 minutes.'],
    secretAs: 'code',
    footnote: 'If you did not ask for it, do nothing: without the code nothing is signed.',
  }),
  nda_signed: ({ agreementId }) => ({
    subject: 'The agreement was signed for your organization',
    paragraphs: ['It now waits for the countersignature. You get a notice when it is in force.'],
    action: openAgreement(agreementId),
  }),
  nda_to_countersign: ({ agreementId }) => ({
    subject: 'An agreement waits for countersignature',
    paragraphs: ['A customer signed the mutual non-disclosure agreement.'],
    action: { label: 'Read and countersign', path: `/desk/ndas/${agreementId}` },
  }),
  nda_paper_to_review: ({ agreementId }) => ({
    subject: 'A paper copy of an agreement waits for review',
    paragraphs: ['A customer handed in an agreement that was signed on paper.'],
    action: { label: 'Look at it', path: `/desk/ndas/${agreementId}` },
  }),
  nda_in_force: ({ agreementId, sha256 }) => ({
    subject: 'The agreement is in force',
    paragraphs: ['Both sides have signed.', `SHA-256 of the signed file: ${sha256}`, 'Download it with its evidence from its page. Anybody can check it at /verify, or without the portal as the evidence says.'],
    action: openAgreement(agreementId),
  }),
  nda_in_force_copy: ({ organizationName, sha256 }) => ({
    subject: 'The agreement is in force: your copy',
    paragraphs: [`Both sides have signed the agreement of "${organizationName}".`, `SHA-256 of the signed file: ${sha256}`, 'The link works once, within 30 days. Anybody can check the file at the portal\'s page /verify.'],
    action: { label: 'Download your copy', path: '/signing/link' },
  }),
  nda_paper_on_file: ({ agreementId }) => ({
    subject: 'Your signed copy is on file',
    paragraphs: ['Support looked at the copy that was signed on paper and put it on file. The portal cannot check a signature on paper.'],
    action: openAgreement(agreementId),
  }),
  nda_over: ({ agreementId, how }) => ({ ...NDA_OVER[how], action: openAgreement(agreementId) }),
  nda_withdrawn_for_signatory: ({ organizationName }) => ({
    subject: 'An agreement no longer waits for you',
    paragraphs: [`The agreement of "${organizationName}" that you were asked to sign was withdrawn or given to somebody else. There is nothing to do for you; its link has ended.`],
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
