/** One mail, ready to be handed over. `id` is the notice's: a mail that is sent twice carries the same Message-ID. */
export type MailMessage = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** Hands one mail over, or throws; the error's `code` is what the notice keeps. */
export type SendMail = (message: MailMessage) => Promise<void>;

/** A subject is one line whatever is put into it: no line break can begin a header of its own (RFC 5322, 2.2). */
export function oneLine(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim().slice(0, 200);
}
