import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import { type ReactNode } from 'react';
import { classNames } from './class-names';
import { TONE_BORDER, TONE_GROUND, TONE_TEXT } from './tone';

export type AlertTone = 'info' | 'success' | 'warning' | 'danger';
const ICONS: Readonly<Record<AlertTone, LucideIcon>> = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert };
const WORDS: Readonly<Record<AlertTone, string>> = { info: 'Note', success: 'Done', warning: 'Important', danger: 'Problem' };

export type AlertProps = {
  readonly tone?: AlertTone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** `alert` interrupts a screen reader, `status` waits; leave it out for what was on the page from the start. */
  readonly role?: 'alert' | 'status';
  readonly className?: string;
};

/** Something that a person has to know on this page. */
export function Alert({ tone = 'info', title, children, role, className }: AlertProps) {
  const Icon = ICONS[tone];
  return (
    <div role={role} className={classNames('flex gap-3 rounded border p-3 sm:px-4', TONE_GROUND[tone], TONE_BORDER[tone], className)}>
      <Icon aria-hidden className={classNames('mt-0.5 size-5 flex-none', TONE_TEXT[tone])} />
      <div className="min-w-0">
        <span className="sr-only">{WORDS[tone]}: </span>
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className="space-y-2 [&:not(:first-child)]:mt-0.5">{children}</div> : null}
      </div>
    </div>
  );
}
