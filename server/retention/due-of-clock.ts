/** When what the clock is of will be gone, ISO 8601 in UTC; null where no clock runs. */
export function dueOfClock(clock: { readonly dueAt: Date; readonly endedAt: Date | null } | null): string | null {
  return clock?.endedAt === null ? clock.dueAt.toISOString() : null;
}
