import { type Token, type Tokens } from 'marked';
import { valueOf } from '@/server/content/content-values';
import { type FontName } from '../pdf/fonts';
import { type Run } from '../pdf/lines';
import { type Cell } from '../pdf/table';

export type RunContext = { readonly values: Readonly<Record<string, string | undefined>>; readonly labels: Readonly<Record<string, string>> };

/** Turns inline tokens into runs. Throws for a placeholder that is not a field of the agreement. */
export function toRuns(tokens: readonly Token[], context: RunContext, font: FontName = 'regular'): Run[] {
  return tokens.flatMap((token): Run[] => {
    switch (token.type) {
      case 'placeholder': {
        const name = String((token as Tokens.Generic).name);
        return [{ text: valueOf(context.values, name) ?? `____________________ (${labelOf(name, context)})`, font }];
      }
      case 'strong':
        return toRuns(token.tokens ?? [], context, 'semibold');
      case 'em':
        return toRuns(token.tokens ?? [], context, 'italic');
      case 'codespan':
        return [{ text: String((token as Tokens.Codespan).text), font: 'mono' }];
      case 'br':
        return [{ text: ' ', font }];
      default:
        if ('tokens' in token && token.tokens) return toRuns(token.tokens, context, font);
        return 'text' in token ? [{ text: typeset(String(token.text)), font }] : [];
    }
  });
}

/** Line ends of the source are spaces, and a straight apostrophe after a letter becomes the typographic one. */
function typeset(text: string): string {
  return text.replace(/\n/g, ' ').replace(/(?<=\p{L})'/gu, '\u2019');
}

function labelOf(name: string, { labels }: RunContext): string {
  const label = valueOf(labels, name);
  if (label === undefined) throw new Error(`The NDA template names {{${name}}}, which is not a field of the agreement.`);
  return label;
}

/** A cell that is nothing but an open field becomes a ruled line; anything else is text. */
export function toCell({ tokens }: Pick<Tokens.TableCell, 'tokens'>, context: RunContext, font: FontName = 'regular'): Cell {
  const fields = tokens.filter((token) => token.type === 'placeholder').map((token) => String((token as Tokens.Generic).name));
  const open = fields.find((name) => valueOf(context.values, name) === undefined);
  if (open === undefined) return { runs: toRuns(tokens, context, font) };
  const words = tokens.filter((token) => token.type !== 'placeholder');
  return { runs: toRuns(words, context, font), blankLabel: labelOf(open, context) };
}
