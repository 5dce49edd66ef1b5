import { type Role } from './roles';

/** A signed-in person. `pseudonym` stands for them in audit and logs. */
export type UserActor = {
  readonly kind: 'user';
  readonly userId: string;
  readonly pseudonym: string;
  readonly role: Role;
  readonly organizationId: string | null;
  readonly sessionId: string;
};

/** A machine that holds an UploadKey: it can write to one case, go on with its unfinished files and read the state of those that it sent, nothing else. */
export type UploadKeyActor = {
  readonly kind: 'upload_key';
  readonly uploadKeyId: string;
  readonly caseId: string;
  readonly organizationId: string;
};

/** The portal itself: a job of the worker, or a command on the server. `name` is kebab-case. */
export type SystemActor = { readonly kind: 'system'; readonly name: string };

/** Somebody who is not signed in. */
export type AnonymousActor = { readonly kind: 'anonymous' };

export type Actor = UserActor | UploadKeyActor | SystemActor | AnonymousActor;
