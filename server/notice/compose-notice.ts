import { NOTICE_DATA, type NoticeKind } from './notice-kinds';
import { topicOf } from './notice-topics';
import { type NoticeMessage } from './notice-message';
import { NOTICE_TEMPLATES } from './notice-templates';

/** The words for a stored notice. Throws where its data is not what the kind needs. `sealed`, a link's secret, is left out. */
export function composeNotice(kind: NoticeKind, stored: unknown): NoticeMessage {
  const data = { ...(stored as Record<string, unknown>) };
  delete data.sealed;
  const message = (NOTICE_TEMPLATES[kind] as (data: unknown) => NoticeMessage)(NOTICE_DATA[kind].parse(data));
  return topicOf(kind) === null ? message : { ...message, isOptional: true };
}
