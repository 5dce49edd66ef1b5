/** The life of something as one table: for each event, the states it may start from, and the state it ends in. */
export type Moves<State extends string, Event extends string> = Readonly<Record<Event, { readonly from: readonly State[]; readonly to: State }>>;

/** Where `event` takes something in `state`, or null where it may not happen. */
export function nextState<State extends string, Event extends string>(moves: Moves<State, Event>, state: State, event: Event): State | null {
  const { from, to } = moves[event];
  return from.includes(state) ? to : null;
}
