export type DeskKey = 'search' | 'next' | 'previous' | 'cases' | 'files' | 'help' | 'leave';

/** The part of a keyboard event that decides. */
export type PressedKey = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly defaultPrevented: boolean;
  readonly isComposing: boolean;
  readonly target: unknown;
};

const SINGLE: Readonly<Record<string, DeskKey>> = { '/': 'search', j: 'next', k: 'previous', '?': 'help' };
const AFTER_G: Readonly<Record<string, DeskKey>> = { c: 'cases', f: 'files' };
const TYPING = /^(INPUT|TEXTAREA|SELECT)$/;

function tagOf(target: unknown): { tag: string; isEditable: boolean } {
  const element = (target ?? {}) as { tagName?: unknown; isContentEditable?: unknown };
  return { tag: typeof element.tagName === 'string' ? element.tagName : '', isEditable: element.isContentEditable === true };
}

/** What a pressed key means on the desk, or null: never while somebody types, never with Ctrl, Alt or Meta. `before` is the key before it. */
export function deskKeyOf(event: PressedKey, before: string): DeskKey | null {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  const { tag, isEditable } = tagOf(event.target);
  if (TYPING.test(tag) || isEditable) return event.key === 'Escape' ? 'leave' : null;
  if (before === 'g' && Object.hasOwn(AFTER_G, event.key)) return AFTER_G[event.key] ?? null;
  return Object.hasOwn(SINGLE, event.key) ? (SINGLE[event.key] ?? null) : null;
}

/** The row to go to; -1 is none yet. Stays at the ends. */
export function nextRow(current: number, count: number, direction: 1 | -1): number {
  if (count === 0) return -1;
  if (current === -1) return direction === 1 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, current + direction));
}
