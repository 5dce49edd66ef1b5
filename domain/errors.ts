/**
 * Errors with a code and two audiences: `code` for programs (stable), `title` and `detail` for people.
 * Nothing internal goes into them; what the operator needs is `cause`, which only the logger sees.
 */
export const ERROR_CATALOGUE = {
  not_found: { status: 404, title: 'Not found', detail: 'There is nothing here, or you have no access to it. Check the address, or sign in with the account that opened it.' },
  unauthenticated: { status: 401, title: 'Sign in needed', detail: 'You are not signed in, or your session has ended. Sign in again; nothing was lost.' },
  cross_origin: { status: 403, title: 'Request from another site refused', detail: 'This request did not come from the portal itself. Open the portal in your browser and try there.' },
  organization_needed: { status: 403, title: 'Organization needed', detail: 'Name your organization first, or open the invitation that a colleague sent you.' },
  validation_failed: { status: 422, title: 'Some input is not valid', detail: 'Correct the fields that are named and send it again.' },
  body_not_json: { status: 400, title: 'The body is not JSON', detail: 'Send a JSON object with the content type application/json.' },
  unsupported_media_type: { status: 415, title: 'Content type not supported', detail: 'Send the body with the content type application/json.' },
  body_too_large: { status: 413, title: 'The request is too large', detail: 'This request body is larger than the portal accepts. File content goes to storage by its presigned URL, never to the portal.' },
  method_not_allowed: { status: 405, title: 'Method not allowed', detail: 'This address does not take that method.' },
  rate_limited: { status: 429, title: 'Too many attempts', detail: 'Wait a few minutes and try again.' },
  conflict: { status: 409, title: 'Something changed meanwhile', detail: 'Somebody or something else changed this at the same moment. Reload and look before you try again.' },
  case_closed: { status: 409, title: 'The case is closed', detail: 'A closed case takes no more files. Ask support to open it again, or open a new case.' },
  policy_not_accepted: { status: 409, title: 'Policy not accepted', detail: 'Accept the diagnostic data policy that is in force on the case page, then send again.' },
  policy_outdated: { status: 409, title: 'A newer policy is in force', detail: 'The policy changed while you were reading. Read the version that is in force now and accept that one.' },
  nda_required: { status: 409, title: 'NDA needed first', detail: 'Support marked this case as needing a signed NDA. Nothing can be sent before it is signed.' },
  nda_in_force: { status: 409, title: 'An agreement is in force', detail: 'An agreement that is in force covers this case already, so there is nothing to sign. Another one is begun only in its place.' },
  nda_wrong_state: { status: 409, title: 'Not possible any more', detail: 'The agreement is not in a state in which this can be done. Reload to see where it stands.' },
  nda_under_way: { status: 409, title: 'An agreement is under way', detail: 'An agreement of the same scope is under way already. Finish it or withdraw it first.' },
  nda_busy: { status: 409, title: 'Somebody else is at it', detail: 'Somebody else is signing this agreement at this moment. Reload to see how it went.' },
  nda_document_changed: { status: 409, title: 'The document changed', detail: 'The text changed since you read it, so nothing was signed. Read the document as it is now, then sign that one.' },
  signing_session_ended: { status: 410, title: 'The signing session has ended', detail: 'Nothing was signed. Open the link in the newest e-mail, or ask your colleague to send you a new one.' },
  signing_code_wrong: { status: 422, title: 'The code is not right', detail: 'Type the six digits of the newest e-mail.' },
  signing_code_expired: { status: 410, title: 'The code does not work any more', detail: 'It was tried too often, or its 15 minutes are over. Ask for a new code.' },
  address_not_confirmed: { status: 409, title: 'Confirm your address first', detail: 'Type the code from the e-mail before you go on.' },
  signing_link_for_other_account: { status: 409, title: 'The link is for somebody else', detail: 'You are signed in with another e-mail address than the one this link was sent to. Sign out, or open the link in another browser.' },
  paper_copy_refused: { status: 422, title: 'The copy cannot be taken', detail: 'Send a PDF, JPEG or PNG of the signed agreement.' },
  paper_copy_too_large: { status: 413, title: 'The copy is too large', detail: 'A copy may have 20 MB. Scan it in black and white, or at 200 dpi.' },
  file_wrong_state: { status: 409, title: 'Not possible in this state', detail: 'The file is not in a state in which this can be done. Reload to see where it stands.' },
  extension_under_way: { status: 409, title: 'An extension is under way', detail: 'An extension of this file was proposed and waits for its notice to be mailed. Wait until it takes effect, or take it back first.' },
  extension_too_long: { status: 409, title: 'Longer than it may be', detail: 'The extensions of this file add up to more than they may. Choose fewer days, or ask the customer to send the file again.' },
  extension_ended: { status: 409, title: 'The extension has ended', detail: 'It was objected to, taken back, or never took effect. Reload to see where it stands.' },
  nobody_to_tell: { status: 409, title: 'Nobody can be told', detail: 'No account of the customer can get the notice, and without one a file is not kept longer.' },
  too_many_outputs: { status: 409, title: 'Too many results', detail: 'The case shows as many results as it may. Each is gone after a day.' },
  too_many_files: { status: 409, title: 'Too many files in this case', detail: 'The case holds as many files as it may. Pack several into one archive, or abandon unfinished ones.' },
  segment_out_of_range: { status: 422, title: 'Segment does not fit the file', detail: 'The index or the size of a segment does not fit the size that was announced for the file.' },
  segment_conflict: { status: 409, title: 'Segment announced differently', detail: 'This segment was announced before with other content. The file changed while it was sent: abandon it and send it anew.' },
  segment_mismatch: { status: 409, title: 'Stored segment differs', detail: 'What is in storage for this segment is not what was announced. It was removed; send the segment again.' },
  segments_missing: { status: 409, title: 'Some segments are missing', detail: 'Not every segment of the file is in storage yet. Send those that are named, then complete again.' },
  storage_unavailable: { status: 503, title: 'Storage does not answer', detail: 'The storage cannot be reached at the moment. Nothing was lost; try again in a minute.' },
  not_ready: { status: 503, title: 'Not ready', detail: 'The portal is starting or one of its parts does not answer. Try again in a minute.' },
  link_invalid: { status: 410, title: 'This link does not work any more', detail: 'The link was used before, was replaced, or is past its time. Ask for a new one.' },
  staff_sign_in_needed: { status: 403, title: 'Staff sign in elsewhere', detail: 'Staff do not sign in by e-mail link here. Go back to the sign-in page and use the company account.' },
  invitation_for_other_address: { status: 409, title: 'The invitation is for another address', detail: 'This invitation was sent to another e-mail address than the one you are signed in with. Sign out, then sign in with the address that received it.' },
  already_in_organization: { status: 409, title: 'You belong to an organization already', detail: 'One account belongs to one organization. To join this one, use another e-mail address or ask support to move your account.' },
  already_a_member: { status: 409, title: 'Already a member', detail: 'The person with this address belongs to your organization already.' },
  own_account: { status: 409, title: 'Not on your own account', detail: 'Nobody changes the role of their own account or disables it. Ask another administrator.' },
  last_admin: { status: 409, title: 'The last administrator', detail: 'This is the only administrator who can sign in. Make another one first.' },
  address_taken: { status: 409, title: 'The address has an account', detail: 'There is an account with this address already, of another kind. Use another address.' },
  upload_key_invalid: { status: 401, title: 'Upload key not accepted', detail: 'The upload key is not known. Copy it again, or make a new one on the page of the case.' },
  too_many_upload_keys: { status: 409, title: 'Too many upload keys', detail: 'The case has as many upload keys at work as it may. Revoke one that is not needed any more.' },
  sharing_wrong_state: { status: 409, title: 'Not possible any more', detail: 'The request was decided or withdrawn, its date has come, or what it names was erased. Reload to see where it stands.' },
  recipient_not_possible: { status: 409, title: 'Not with this recipient', detail: 'The address of the recipient has an account of another kind, or one that is shut. Support has to ask anew with another address.' },
  raw_access_own: { status: 409, title: 'A second person has to decide', detail: 'You asked for this access yourself. Another data administrator or an administrator has to decide.' },
  raw_access_wrong_state: { status: 409, title: 'Not possible any more', detail: 'The request was decided, revoked or erased, or its time is over. Reload to see where it stands.' },
  raw_read_once: { status: 409, title: 'Read once already', detail: 'A file is read once under a grant, and this one was. Who needs it again asks again.' },
  raw_read_not_claimed: { status: 409, title: 'Begin on the page', detail: 'Begin the read with the button on the page of raw access; it has to start within a minute.' },
  raw_read_not_told: { status: 409, title: 'The customer was not told yet', detail: 'The notice to the customer has not been mailed yet, and nothing is read before. Try again in a minute.' },
  internal: { status: 500, title: 'The portal made a mistake', detail: 'This is our fault, not yours. What you sent before is safe. Try again; if it happens again, give support the reference below.' },
} as const satisfies Record<string, { status: number; title: string; detail: string }>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** One field that is wrong: a JSON pointer-like path (`segments.0.index`) and a sentence. */
export type FieldIssue = { readonly path: string; readonly message: string };

export type AppErrorOptions = {
  /** Replaces the catalogue's sentence where a more exact one helps. Never internals, names or file names. */
  readonly detail?: string;
  readonly fields?: readonly FieldIssue[];
  /** Extra members of the problem document, such as `missing: [3, 4]`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Seconds after which to try again. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
};

/** The one error class that may reach a person. Everything else becomes `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly fields: readonly FieldIssue[];
  readonly extra: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    const entry = ERROR_CATALOGUE[code];
    super(`${code}: ${entry.title}`, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = entry.status;
    this.title = entry.title;
    this.detail = options.detail ?? entry.detail;
    this.fields = options.fields ?? [];
    this.extra = options.extra ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** What was entered in the field at `path` will not do; `message` says what would. */
export function invalidField(path: string, message: string): AppError {
  return new AppError('validation_failed', { fields: [{ path, message }] });
}

/** True for an AppError, also one from another bundle of the same code. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError || (error instanceof Error && error.name === 'AppError' && 'code' in error && 'status' in error);
}
