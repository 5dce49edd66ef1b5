import { type z } from 'zod';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { lowerFirst } from '@/domain/words';
import { ACCESS_TEMPLATES } from './access-templates';
import { type NOTICE_DATA, type NoticeKind } from './notice-kinds';
import { type NoticeMessage } from './notice-message';

type Parsed<K extends NoticeKind> = z.output<(typeof NOTICE_DATA)[K]>;
type Templates = { readonly [K in NoticeKind]: (data: Parsed<K>) => NoticeMessage };

const casePath = (reference: string) => `/cases/${encodeURIComponent(reference)}`;
const openCase = (reference: string) => ({ label: 'Open the case', path: casePath(reference) });
const openAgreement = (agreementId: string) => ({ label: 'See the agreement', path: `/nda/agreements/${agreementId}` });
const openErasure = (reference: string, orderId: string) => ({ label: 'See the erasure', path: `${casePath(reference)}/erasures/${orderId}` });
const NDA_OVER = {
  declined: { subject: 'The agreement was declined', paragraphs: ['The signatory did not sign. The reason stands on the page of the agreement, if one was given. You can begin anew.'] },
  withdrawn: { subject: 'The agreement was withdrawn', paragraphs: ['It was withdrawn before it was countersigned, so it does not bind anybody.'] },
  expired: { subject: 'The agreement expired', paragraphs: ['Nobody signed within 14 days. You can begin anew whenever you like.'] },
  refused: { subject: 'The paper copy was not accepted', paragraphs: ['Support could not put the copy on file. The reason stands on the page of the agreement.'] },
  ended: { subject: 'The agreement ended', paragraphs: ['It no longer covers cases. What was disclosed under it stays protected, as its text says.'] },
} as const;
const day = (iso: string) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));
/** A kind of file within a sentence: `heap dump`. What is of no kind of its own is a `file`. */
const noun = (kindLabel: string) => (kindLabel === FILE_KIND_LABELS.other ? 'file' : lowerFirst(kindLabel));
const withArticle = (words: string) => `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;

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
    paragraphs: [`Support asks for ${withArticle(noun(kindLabel))}.`, `What it is for: ${purpose}`, 'Nothing is collected from your machines: only what you send yourself arrives.'],
    action: openCase(reference),
  }),
  file_request_withdrawn: ({ reference, kindLabel }) => ({
    subject: `Case ${reference}: a request was withdrawn`,
    paragraphs: [`Support no longer needs the ${noun(kindLabel)} that it asked for. You need not send it.`],
    action: openCase(reference),
  }),
  file_verified: ({ reference, kindLabel, fileId, dueAt }) => ({
    subject: `Case ${reference}: your file arrived whole`,
    paragraphs: [`The ${noun(kindLabel)} was read back from storage and is what you sent. Its receipt is signed.`, `It will be erased on ${day(dueAt)} at the latest.`],
    action: { label: 'See the receipt', path: `${casePath(reference)}/files/${fileId}/receipt` },
  }),
  file_quarantined: ({ reference, kindLabel, fileId, reason }) => ({
    subject: `Case ${reference}: a file cannot be used`,
    paragraphs: [`The ${noun(kindLabel)} was set aside: ${lowerFirst(reason)}`, 'It will not be analysed, and is erased on its date. Please send it again.'],
    action: { label: 'See the file', path: `${casePath(reference)}/files/${fileId}` },
  }),
  file_abandoned: ({ reference, kindLabel }) => ({
    subject: `Case ${reference}: an upload was not finished`,
    paragraphs: [`Sending the ${noun(kindLabel)} was not finished. What had arrived is removed; send it again whenever you like.`],
    action: openCase(reference),
  }),
  file_expired: ({ reference, kindLabel }) => ({
    subject: `Case ${reference}: a file was erased on its date`,
    paragraphs: [`The ${noun(kindLabel)} was erased: every stored version was deleted and then seen to be absent.`],
    action: openCase(reference),
  }),
  extension_proposed: ({ reference, kindLabel, fileId, days, reason, dueAt }) => ({
    subject: `Case ${reference}: support keeps a file longer`,
    paragraphs: [
      `Support keeps the ${noun(kindLabel)} ${days === 1 ? 'one day' : `${days} days`} longer, until ${day(dueAt)} at the latest. That takes effect when this notice is mailed; the page of the file shows the date that holds.`,
      `Why: ${reason}`,
      'You can object at any time, now or later, on the page of the file. The extension ends then, and the file is erased on its earlier date; at once where that is past.',
    ],
    action: { label: 'See the file, or object', path: `${casePath(reference)}/files/${fileId}#retention` },
  }),
  extension_objected: ({ reference, kindLabel, fileId, dueAt }) => ({
    subject: `Case ${reference}: the customer objected to an extension`,
    paragraphs: [`The extension of the ${noun(kindLabel)} has ended. The file is erased on ${day(dueAt)}.`],
    action: { label: 'See the case at the desk', path: `/desk/cases/${encodeURIComponent(reference)}#file-${fileId}` },
  }),
  manual_output_written: ({ reference, kindLabel, outputId }) => ({
    subject: `Case ${reference}: support wrote a result`,
    paragraphs: [`Support looked at the ${noun(kindLabel)} and wrote down what they found.`, 'It can be read for one day, then it is erased.'],
    action: { label: 'Read the result', path: `${casePath(reference)}/outputs/${outputId}` },
  }),
  file_lost: ({ reference, kindLabel, fileId }) => ({
    subject: `Case ${reference}: a file is no longer whole in storage`,
    paragraphs: [`The portal looked and did not find a part of the ${noun(kindLabel)}. Nothing is wrong with your own copy.`, 'Please send the file again. What is left of the first is erased on its date.'],
    action: { label: 'See the file', path: `${casePath(reference)}/files/${fileId}` },
  }),
  file_found: ({ reference, kindLabel, fileId }) => ({
    subject: `Case ${reference}: the file is whole in storage again`,
    paragraphs: [`The missing part of the ${noun(kindLabel)} is there again, as it was stored. You need not send it again.`],
    action: { label: 'See the file', path: `${casePath(reference)}/files/${fileId}` },
  }),
  erasure_ordered: ({ reference, orderId, scope }) => ({
    subject: `Case ${reference}: erasure was ordered`,
    paragraphs: [
      scope === 'case' ? 'Somebody of your organization ordered that everything of the case is erased. It is shut and takes no more files.' : 'Somebody of your organization ordered that a file of the case is erased.',
      'Work with it has stopped. You are told when all of it was seen to be absent; that takes minutes.',
    ],
    action: openErasure(reference, orderId),
  }),
  erasure_certified: ({ reference, orderId, scope }) => ({
    subject: `Case ${reference}: erased, the certificate is there`,
    paragraphs: [`${scope === 'case' ? 'Everything of the case' : 'The file'} was erased: every stored version was deleted and then seen to be absent. The certificate says what was there, and can be checked without the portal.`],
    action: openErasure(reference, orderId),
  }),
  erasure_swept_again: ({ reference, orderId }) => ({
    subject: `Case ${reference}: something arrived after the erasure, and was erased`,
    paragraphs: ['An upload that was under way when the erasure was ordered wrote once more. That was deleted as well, and the URLs from before the order have ended. The second edition of the certificate says what it was.'],
    action: openErasure(reference, orderId),
  }),
};
