/** The portal's sign: a chamber with two doors, one open and one shut. */
export function Wordmark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className="size-6 flex-none text-accent" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round">
      <rect x="2.5" y="4.5" width="19" height="15" rx="2.5" />
      <path d="M9 4.5v4.25M9 15.25v4.25M15 4.5v15" />
    </svg>
  );
}
