import { type CaseTask, TASK_STATE_LABELS, type TaskState as CaseTaskState } from '@/domain/case-tasks';
import { TaskList, type TaskState } from '../ui/task-list';

const LOOK: Readonly<Record<CaseTaskState, TaskState>> = { done: 'done', next: 'next', to_do: 'todo', waiting: 'later', not_needed: 'later', cannot_start: 'later' };
/** Where the task of an empty path is seen: on the page of the case itself. */
const ANCHORS: Partial<Record<CaseTask['id'], string>> = { details: '#details', files: '#files' };

/** Details, Policy, NDA, Files, Results, each with its state. */
export function CaseTaskList({ reference, tasks }: { readonly reference: string; readonly tasks: readonly CaseTask[] }) {
  return (
    <TaskList
      label="Steps of this case"
      tasks={tasks.map((task) => ({
        id: task.id,
        title: task.label,
        hint: task.note,
        href: task.path === null ? undefined : `/cases/${reference}${task.path === '' ? (ANCHORS[task.id] ?? '') : task.path}`,
        state: LOOK[task.state],
        stateLabel: TASK_STATE_LABELS[task.state],
      }))}
    />
  );
}
