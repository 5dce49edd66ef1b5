import { type ReactNode } from 'react';

export type ProgressBarProps = {
  readonly label: string;
  /** Of `max`; null where nothing can be said yet. */
  readonly value: number | null;
  readonly max?: number;
  /** Below the bar: bytes, speed, time left. */
  readonly detail?: ReactNode;
  readonly tone?: 'accent' | 'danger';
};

/** How far something is. Announcing it is the caller's matter: a bar that speaks at each step is noise. */
export function ProgressBar({ label, value, max = 100, detail, tone = 'accent' }: ProgressBarProps) {
  return (
    <div>
      <progress className="bar" data-tone={tone} aria-label={label} max={max > 0 ? max : 1} value={value ?? undefined} />
      {detail ? <div className="mt-1 text-sm text-muted">{detail}</div> : null}
    </div>
  );
}
