import { type NdaState } from './nda-agreement';

/** What pages know of an agreement. Times are ISO 8601 in UTC. */
export type AgreementView = {
  readonly id: string;
  readonly state: NdaState;
  readonly stateAt: string;
  readonly scope: 'organization' | 'case';
  readonly organizationName: string;
  /** The one case it covers, where its scope is a case. */
  readonly caseReference: string | null;
  readonly startedInReference: string | null;
  readonly partyName: string | null;
  readonly partyAddress: string | null;
  readonly templateVersion: string;
  readonly templateTitle: string;
  readonly reason: string | null;
  /** Of the PDF once the customer signed. */
  readonly sha256: string | null;
  readonly readSha256: string | null;
  readonly paper: { readonly type: string; readonly sha256: string } | null;
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly signedAt: string | null;
  readonly inForceFrom: string | null;
  readonly inForceUntil: string | null;
  readonly signatory: { readonly name: string; readonly title: string; readonly email: string; readonly hasAccount: boolean } | null;
  readonly signatures: readonly { readonly party: 'customer' | 'vendor' | 'portal_seal'; readonly name: string | null; readonly title: string | null; readonly at: string; readonly timestampedAt: string | null }[];
};
