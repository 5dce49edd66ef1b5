/** What a notice says, before it becomes a mail or a line of the notices page. `path` is of this portal. */
export type NoticeMessage = {
  /** Without personal data: subjects stand in logs of mail servers and on lock screens. */
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action?: { readonly label: string; readonly path: string };
  readonly footnote?: string;
  /** What the secret of the mail is: the end of its link (the default), or a code that stands in its text. */
  readonly secretAs?: 'link' | 'code';
  /** The person may do without it by mail: the mail says where that is set. */
  readonly isOptional?: boolean;
};
