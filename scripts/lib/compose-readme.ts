import { FILE_EVENTS, FILE_MOVES } from '@/domain/file-states';
import { ENVIRONMENT_VARIABLES } from '@/server/env';

/** The table of environment variables, from the schema that parses them. */
function environmentTable(): string {
  const rows = ENVIRONMENT_VARIABLES.map(({ name, fallback, description }) => `| \`${name}\` | ${fallback === '' ? '' : `\`${fallback}\``} | ${description} |`);
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** The states of a file as a Mermaid diagram, from the table that decides the moves. */
function stateDiagram(): string {
  const arrows = FILE_EVENTS.flatMap((event) => FILE_MOVES[event].from.map((from) => `  ${from} --> ${FILE_MOVES[event].to}: ${event}`));
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> requested', ...arrows, '  expired --> [*]', '  erased --> [*]', '```'].join('\n');
}

/** The README with its generated parts made anew. */
export function composeReadme(text: string): string {
  const parts = { states: stateDiagram(), environment: environmentTable() };
  return Object.entries(parts).reduce(
    (whole, [name, part]) => whole.replace(new RegExp(`(<!-- ${name}:begin -->)[\\s\\S]*?(<!-- ${name}:end -->)`), (_, begin: string, end: string) => `${begin}\n${part}\n${end}`),
    text,
  );
}
