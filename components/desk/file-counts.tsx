import { Ban, CircleCheck, CloudUpload, FileQuestion, Hourglass, type LucideIcon, ShieldAlert, Trash2 } from 'lucide-react';
import { FILE_GROUP_LABELS, FILE_GROUPS, type FileGroup, type FileGroupCounts } from '@/domain/file-groups';
import { classNames } from '../ui/class-names';
import { type Tone, TONE_TEXT } from '../ui/tone';

const LOOK: Readonly<Record<FileGroup, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  sending: { icon: CloudUpload, tone: 'info' },
  checking: { icon: Hourglass, tone: 'info' },
  ready: { icon: CircleCheck, tone: 'success' },
  quarantined: { icon: ShieldAlert, tone: 'danger' },
  abandoned: { icon: Ban, tone: 'neutral' },
  gone: { icon: Trash2, tone: 'neutral' },
};

function Count({ icon: Icon, tone, count, label }: { readonly icon: LucideIcon; readonly tone: Tone; readonly count: number; readonly label: string }) {
  return (
    <span title={`${label}: ${count}`} className={classNames('inline-flex items-center gap-1 whitespace-nowrap', TONE_TEXT[tone])}>
      <Icon aria-hidden className="size-3.5" />
      {count}
      <span className="sr-only"> {label.toLowerCase()}</span>
    </span>
  );
}

/** How many files of a case are in which state, and how many are awaited. Says "none" where there is nothing. */
export function FileCounts({ counts, awaited }: { readonly counts: FileGroupCounts; readonly awaited: number }) {
  const groups = FILE_GROUPS.filter((group) => (counts[group] ?? 0) > 0);
  if (groups.length === 0 && awaited === 0) return <span className="text-muted">none</span>;
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      {groups.map((group) => (
        <Count key={group} {...LOOK[group]} count={counts[group] ?? 0} label={FILE_GROUP_LABELS[group]} />
      ))}
      {awaited > 0 ? <Count icon={FileQuestion} tone="warning" count={awaited} label="Asked for, not yet sent" /> : null}
    </span>
  );
}
