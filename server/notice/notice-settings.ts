import { type UserActor } from '@/domain/actor';
import { isStaff } from '@/domain/roles';
import { getDb, inTransaction, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { type NoticeKind } from './notice-kinds';
import { NOTICE_TOPIC_NAMES, NOTICE_TOPICS, type NoticeTopic, topicOf } from './notice-topics';

export type TopicSetting = { readonly topic: NoticeTopic; readonly label: string; readonly byMail: boolean };

/** The topics that concern this person's role. */
function topicsFor(actor: UserActor): readonly NoticeTopic[] {
  return NOTICE_TOPIC_NAMES.filter((topic) => NOTICE_TOPICS[topic].forStaff === isStaff(actor.role));
}

/** What the actor gets by mail, of what they may do without. */
export async function getNoticeSettings({ actor }: { readonly actor: UserActor }): Promise<readonly TopicSetting[]> {
  requirePermission(actor, 'session:manage');
  const rows = await getDb().noticeMute.findMany({ where: { userId: actor.userId }, select: { topic: true } });
  const muted = new Set(rows.map(({ topic }) => topic));
  return topicsFor(actor).map((topic) => ({ topic, label: NOTICE_TOPICS[topic].label, byMail: !muted.has(topic) }));
}

/** Sets which topics the actor wants by mail; those of their role that are not named are not mailed. Notices that wait already go out as they were. */
export async function saveNoticeSettings({ actor, byMail }: { readonly actor: UserActor; readonly byMail: readonly NoticeTopic[] }): Promise<void> {
  requirePermission(actor, 'session:manage');
  const { userId } = actor;
  const muted = topicsFor(actor).filter((topic) => !byMail.includes(topic));
  await inTransaction(async (tx) => {
    await tx.noticeMute.deleteMany({ where: { userId } });
    await tx.noticeMute.createMany({ data: muted.map((topic) => ({ userId, topic })), skipDuplicates: true });
  });
}

/** Whether a person does not want mail of this kind, which is never so for what is always mailed. */
export async function isMuted(tx: Tx, { userId, kind }: { readonly userId: string; readonly kind: NoticeKind }): Promise<boolean> {
  const topic = topicOf(kind);
  if (topic === null) return false;
  return (await tx.noticeMute.findUnique({ where: { userId_topic: { userId, topic } }, select: { topic: true } })) !== null;
}
