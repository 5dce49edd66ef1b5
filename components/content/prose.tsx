import { CopyButtons } from './copy-buttons';

export type ProseProps = {
  /** Made by server/content/render-markdown.ts: markup of our own, every value in it escaped. */
  readonly html: string;
  /** Gives each block of code a button that copies it. */
  readonly copyCode?: boolean;
};

/** A text of the portal's own: policy, NDA, guide. */
export function Prose({ html, copyCode = false }: ProseProps) {
  const text = <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
  return copyCode ? <CopyButtons>{text}</CopyButtons> : text;
}
