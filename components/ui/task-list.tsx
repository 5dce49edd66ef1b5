import { Circle, CircleCheck, CircleDashed, CircleDot, type LucideIcon, OctagonAlert } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode } from 'react';
import { classNames } from './class-names';
import { type Tone, TONE_TEXT } from './tone';

export type TaskState = 'done' | 'next' | 'todo' | 'later' | 'problem';
export type Task = {
  readonly id: string;
  readonly title: ReactNode;
  readonly hint?: ReactNode;
  /** Where the task is done or seen; none where it cannot be opened yet. */
  readonly href?: string;
  readonly state: TaskState;
  /** The state in words of the page: "Accepted", "Waiting for you". */
  readonly stateLabel: ReactNode;
};

const LOOK: Readonly<Record<TaskState, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  done: { icon: CircleCheck, tone: 'success' },
  next: { icon: CircleDot, tone: 'accent' },
  todo: { icon: Circle, tone: 'neutral' },
  later: { icon: CircleDashed, tone: 'neutral' },
  problem: { icon: OctagonAlert, tone: 'danger' },
};

/** The steps of a case, each with its state; exactly one of them should be `next`. */
export function TaskList({ tasks, label }: { readonly tasks: readonly Task[]; readonly label: string }) {
  return (
    <ol aria-label={label} className="divide-y rounded border bg-surface">
      {tasks.map((task) => {
        const { icon: Icon, tone } = LOOK[task.state];
        return (
          <li key={task.id} className={classNames('relative flex items-start gap-3 px-4 py-3', task.href && 'hover:bg-sunken', task.state === 'next' && 'bg-accent-tint')} aria-current={task.state === 'next' ? 'step' : undefined}>
            <Icon aria-hidden className={classNames('mt-0.5 size-5 flex-none', TONE_TEXT[tone])} />
            <div className="min-w-0 flex-1">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                {task.href ? (
                  <Link href={task.href} aria-describedby={`task-${task.id}`} className={classNames('link font-medium after:absolute after:inset-0')}>
                    {task.title}
                  </Link>
                ) : (
                  <span className="font-medium">{task.title}</span>
                )}
                <span id={`task-${task.id}`} className={classNames('text-sm font-medium', TONE_TEXT[tone])}>
                  {task.stateLabel}
                </span>
              </div>
              {task.hint ? <div className="text-sm text-muted">{task.hint}</div> : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
