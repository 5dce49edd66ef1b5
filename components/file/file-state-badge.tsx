import { Ban, CircleCheck, CloudUpload, Eraser, FileClock, FileQuestion, Hourglass, type LucideIcon, Microscope, ShieldAlert, Timer, Trash2, Unplug } from 'lucide-react';
import { type FileState, QUARANTINE_REASONS } from '@/domain/file-states';
import { Badge } from '../ui/badge';
import { RelativeTime } from '../ui/relative-time';
import { type Tone } from '../ui/tone';

type Look = { readonly word: string; readonly icon: LucideIcon; readonly tone: Tone; readonly meaning: string };

/** Word, shape and tone of each state of a file (domain/file-states.ts): the one place that decides them. */
export const FILE_STATE_LOOK: Readonly<Record<FileState, Look>> = {
  requested: { word: 'Requested', icon: FileQuestion, tone: 'info', meaning: 'Support asked for it; nothing was sent yet.' },
  reserved: { word: 'Reserved', icon: FileClock, tone: 'neutral', meaning: 'The portal expects it; nothing is in storage yet.' },
  uploading: { word: 'Uploading', icon: CloudUpload, tone: 'info', meaning: 'Segments are being sent to storage.' },
  stored: { word: 'Stored, being checked', icon: Hourglass, tone: 'info', meaning: 'Every segment is in storage. The portal is reading it back.' },
  verified: { word: 'Verified', icon: CircleCheck, tone: 'success', meaning: 'Read back to the end; its content is what was announced.' },
  analysed: { word: 'Analysed', icon: Microscope, tone: 'success', meaning: 'An analysis was made of it.' },
  quarantined: { word: 'Quarantined', icon: ShieldAlert, tone: 'danger', meaning: 'Its content is not what was announced; nothing is done with it.' },
  abandoned: { word: 'Abandoned', icon: Ban, tone: 'neutral', meaning: 'Sending was given up.' },
  expired: { word: 'Expired and erased', icon: Trash2, tone: 'neutral', meaning: 'Its time was over; it was erased and seen to be absent.' },
  erased: { word: 'Erased', icon: Trash2, tone: 'neutral', meaning: 'It was erased on order and seen to be absent.' },
};

export type FileStateBadgeProps = {
  readonly state: FileState;
  /** Code of QUARANTINE_REASONS; shown as its sentence. */
  readonly reason?: string | null | undefined;
  /** ISO time at which the file is due to be erased; shown as time left while it is held. */
  readonly dueAt?: string | null | undefined;
  /** When a part of it was seen to have vanished from storage; said beside its state. */
  readonly lostAt?: string | null | undefined;
  /** Its erasure was ordered; that stands above its state until it is gone. */
  readonly isErasing?: boolean;
};

const ERASING: Look = { word: 'Being erased', icon: Eraser, tone: 'warning', meaning: 'The customer ordered its erasure: it is deleted and then looked for.' };

const isReason = (code: string): code is keyof typeof QUARANTINE_REASONS => Object.hasOwn(QUARANTINE_REASONS, code);

/** The state of a file everywhere: icon, word, why (quarantine), and the time left until it is erased. */
export function FileStateBadge({ state, reason, dueAt, lostAt, isErasing = false }: FileStateBadgeProps) {
  const isGone = state === 'expired' || state === 'erased';
  const look = isErasing && !isGone ? ERASING : FILE_STATE_LOOK[state];
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Badge tone={look.tone} icon={look.icon} title={look.meaning}>
        {look.word}
      </Badge>
      {lostAt && look !== ERASING ? (
        <Badge tone="danger" icon={Unplug} title="A part of it is not in storage any more; it has to be sent again.">
          Lost from storage
        </Badge>
      ) : null}
      {dueAt && look !== ERASING && !isGone ? (
        <span className="inline-flex items-center gap-1 text-sm whitespace-nowrap text-muted">
          <Timer aria-hidden className="size-3.5" />
          <span className="sr-only">Erased: </span>
          <RelativeTime iso={dueAt} form="left" />
        </span>
      ) : null}
      {state === 'quarantined' && reason && isReason(reason) ? <span className="text-sm text-danger">{QUARANTINE_REASONS[reason]}</span> : null}
    </span>
  );
}
