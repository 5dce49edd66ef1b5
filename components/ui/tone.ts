/** How something is meant. Never the only carrier of a meaning: a word or an icon says it too. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger' | 'accent';

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  neutral: 'text-muted',
  info: 'text-info',
  success: 'text-success',
  warning: 'text-warning',
  danger: 'text-danger',
  accent: 'text-accent',
};

export const TONE_GROUND: Readonly<Record<Tone, string>> = {
  neutral: 'bg-sunken',
  info: 'bg-info-tint',
  success: 'bg-success-tint',
  warning: 'bg-warning-tint',
  danger: 'bg-danger-tint',
  accent: 'bg-accent-tint',
};

export const TONE_BORDER: Readonly<Record<Tone, string>> = {
  neutral: 'border-line',
  info: 'border-info/30',
  success: 'border-success/30',
  warning: 'border-warning/30',
  danger: 'border-danger/30',
  accent: 'border-accent/30',
};
