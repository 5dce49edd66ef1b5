import { type LucideIcon } from 'lucide-react';
import { type ReactNode } from 'react';
import { classNames } from './class-names';
import { type Tone, TONE_BORDER, TONE_GROUND, TONE_TEXT } from './tone';

export type BadgeProps = { readonly tone?: Tone; readonly icon?: LucideIcon; readonly children: ReactNode; readonly title?: string; readonly className?: string };

/** A state in one or two words, with an icon where there is one. */
export function Badge({ tone = 'neutral', icon: Icon, children, title, className }: BadgeProps) {
  return (
    <span title={title} className={classNames('inline-flex items-center gap-1 rounded border px-1.5 py-px text-xs leading-5 font-medium whitespace-nowrap', TONE_TEXT[tone], TONE_GROUND[tone], TONE_BORDER[tone], className)}>
      {Icon ? <Icon aria-hidden className="size-3.5 flex-none" /> : null}
      {children}
    </span>
  );
}
