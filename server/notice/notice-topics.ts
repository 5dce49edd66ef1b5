import { type NoticeKind } from './notice-kinds';

/**
 * What a person may do without by mail. It stands in the portal all the same. What is in no topic is always mailed: links and codes, and
 * what the policy promises to tell (extensions, sharing, raw access, erasure, a file that cannot be used).
 */
export const NOTICE_TOPICS = {
  case_life: { label: 'A case was opened, closed or opened again', kinds: ['case_opened', 'case_closed', 'case_reopened'], forStaff: false },
  requests: { label: 'Support asks for a file, or no longer needs it', kinds: ['file_requested', 'file_request_withdrawn'], forStaff: false },
  files: { label: 'A file arrived whole, or sending it was given up', kinds: ['file_verified', 'file_abandoned'], forStaff: false },
  nda: { label: 'The NDA was signed by your side, or is not needed any more', kinds: ['nda_signed', 'nda_not_required'], forStaff: false },
  colleagues: { label: 'A colleague accepted your invitation', kinds: ['invitation_accepted'], forStaff: false },
  countersigning: { label: 'An agreement waits to be countersigned or looked at', kinds: ['nda_to_countersign', 'nda_paper_to_review'], forStaff: true },
} as const satisfies Record<string, { label: string; kinds: readonly NoticeKind[]; forStaff: boolean }>;
export type NoticeTopic = keyof typeof NOTICE_TOPICS;
export const NOTICE_TOPIC_NAMES = Object.keys(NOTICE_TOPICS) as NoticeTopic[];

const TOPIC_OF = new Map<NoticeKind, NoticeTopic>(NOTICE_TOPIC_NAMES.flatMap((topic) => NOTICE_TOPICS[topic].kinds.map((kind): [NoticeKind, NoticeTopic] => [kind, topic])));

/** The topic of a kind; null for one that is always mailed. */
export function topicOf(kind: NoticeKind): NoticeTopic | null {
  return TOPIC_OF.get(kind) ?? null;
}

/** Kinds that are worth nothing once given up: their secret is gone, or what they announced did not happen. */
const NEVER_AGAIN: ReadonlySet<NoticeKind> = new Set<NoticeKind>(['sign_in_link', 'invitation', 'nda_signing_link', 'nda_signing_code', 'nda_in_force_copy', 'extension_proposed']);

/** Whether a notice of this kind that was given up may be mailed after all. */
export function mayBeRetried(kind: NoticeKind): boolean {
  return !NEVER_AGAIN.has(kind);
}
