import { NOTICE_DATA, type NoticeKind } from './notice-kinds';
import { NOTICE_TEMPLATES, type NoticeMessage } from './notice-templates';

/** The words for a stored notice. Throws where its data is not what the kind needs. `sealed`, a link's secret, is left out. */
export function composeNotice(kind: NoticeKind, stored: unknown): NoticeMessage {
  const data = { ...(stored as Record<string, unknown>) };
  delete data.sealed;
  return (NOTICE_TEMPLATES[kind] as (data: unknown) => NoticeMessage)(NOTICE_DATA[kind].parse(data));
}
