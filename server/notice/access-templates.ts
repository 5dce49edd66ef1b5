import { type z } from 'zod';
import { type NOTICE_DATA } from './notice-kinds';
import { type NoticeMessage } from './notice-message';

type Kind = 'sharing_asked' | 'sharing_decided' | 'sharing_over' | 'shared_with_you' | 'shared_ended' | 'raw_access_asked' | 'raw_access_decided' | 'raw_access_granted';
type Templates = { readonly [K in Kind]: (data: z.output<(typeof NOTICE_DATA)[K]>) => NoticeMessage };

const casePath = (reference: string) => `/cases/${encodeURIComponent(reference)}`;
const time = (iso: string) => `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(iso))} UTC`;
const files = (count: number) => (count === 1 ? 'one file' : `${count} files`);
const OVER = { withdrawn: 'It was taken back before its end date.', date: 'Its end date has come.' } as const;

/** The words about who may reach what was sent: sharing (P-SHARE) and raw access (P-LIMITED). Who the recipient is stands in the portal alone. */
export const ACCESS_TEMPLATES: Templates = {
  sharing_asked: ({ reference, purpose, files: count }) => ({
    subject: `Case ${reference}: support asks to share results`,
    paragraphs: [`Support asks to let a subcontractor see what was found in ${files(count)}.`, `What it is for: ${purpose}`, 'Nothing is shared before somebody of your organization approves it. The page of the case shows with whom, which files, and until when.'],
    action: { label: 'Decide', path: `${casePath(reference)}#sharing` },
  }),
  sharing_decided: ({ reference, isApproved }) => ({
    subject: `Case ${reference}: sharing was ${isApproved ? 'approved' : 'refused'}`,
    paragraphs: [isApproved ? 'The customer approved it. The recipient was told and can see the results until the end date.' : 'The customer refused it. The recipient was never told.'],
    action: { label: 'Open the case', path: casePath(reference) },
  }),
  sharing_over: ({ reference, how }) => ({
    subject: `Case ${reference}: sharing ended`,
    paragraphs: [OVER[how], 'The recipient cannot see anything of it any more.'],
    action: { label: 'Open the case', path: `${casePath(reference)}#sharing` },
  }),
  shared_with_you: ({ sharingId, endsAt }) => ({
    subject: 'Results of a support case were shared with you',
    paragraphs: ['A customer approved that you see what was found in files of their support case, for a stated purpose.', `You can see it until ${time(endsAt)}. Sign in with this address. Each view is recorded and shown to the customer.`],
    action: { label: 'See what is shared', path: `/sign-in?next=${encodeURIComponent(`/shared/${sharingId}`)}` },
    footnote: 'The customer can take this back at any time. If you do not know what this is about, do nothing.',
  }),
  shared_ended: ({ how }) => ({
    subject: 'Something is not shared with you any more',
    paragraphs: [OVER[how], 'You cannot see anything of it any more. Please delete what you noted from it.'],
  }),
  raw_access_asked: ({ reference }) => ({
    subject: `Case ${reference}: raw access waits for a second person`,
    paragraphs: ['A data administrator asks to reach raw data. The reason and the files stand on the page.'],
    action: { label: 'Decide', path: '/desk/raw-access' },
  }),
  raw_access_decided: ({ reference, isGranted }) => ({
    subject: `Case ${reference}: raw access was ${isGranted ? 'granted' : 'refused'}`,
    paragraphs: [isGranted ? 'Its hours have begun. Each file can be read once. The customer was told.' : 'A second person refused it.'],
    action: { label: 'See the request', path: '/desk/raw-access' },
  }),
  raw_access_granted: ({ reference, reason, files: count, endsAt }) => ({
    subject: `Case ${reference}: raw data may be read`,
    paragraphs: [`A data administrator may read ${files(count)} as you sent ${count === 1 ? 'it' : 'them'}, once, until ${time(endsAt)}. Nothing was read before this notice.`, `The reason: ${reason}`, 'The page of the case shows each read. You can stop this by ordering the erasure of a file.'],
    action: { label: 'See who read what', path: `${casePath(reference)}#raw-access` },
  }),
};
