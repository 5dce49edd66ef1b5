'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { type Theme, THEME_COOKIE } from '@/lib/theme';

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const LOOK = { system: { icon: Monitor, word: 'as the system' }, light: { icon: Sun, word: 'light' }, dark: { icon: Moon, word: 'dark' } } as const;

/** Colours as the system, light or dark. The choice is a cookie, so that the server draws the next page right at once. */
export function ThemeSwitch({ initial }: { readonly initial: Theme }) {
  const [theme, setTheme] = useState<Theme>(initial);
  const choose = () => {
    const next = NEXT[theme];
    const root = document.documentElement;
    if (next === 'system') delete root.dataset.theme;
    else root.dataset.theme = next;
    const secure = window.location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `${THEME_COOKIE}=${next}; Path=/; Max-Age=${next === 'system' ? 0 : YEAR_SECONDS}; SameSite=Lax${secure}`;
    setTheme(next);
  };
  const { icon: Icon, word } = LOOK[theme];
  return (
    <button type="button" onClick={choose} title={`Colours: ${word}`} className="inline-flex size-9 flex-none items-center justify-center rounded text-muted hover:bg-sunken hover:text-ink">
      <Icon aria-hidden className="size-4.5" />
      <span className="sr-only" aria-live="polite">
        Colours: {word}. Change to {LOOK[NEXT[theme]].word}.
      </span>
    </button>
  );
}
