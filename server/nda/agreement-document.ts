import { AppError, isAppError } from '@/domain/errors';
import { getEnv } from '../env';
import { type Appearance as FieldAppearance, type Fact } from '../esign/appearance';
import { type AgreementPdfInput, renderAgreementPdf } from '../esign/render-agreement-pdf';
import { signField } from '../esign/sign-agreement';
import { validateDrawing } from '../esign/signature-input';
import { getPortalIdentity, issuePersonCertificate, signingIdentityStatus } from '../esign/signing-identity';
import { type TimestampAuthority } from '../esign/timestamp';

/**
 * The one place where agreements meet the code that draws and signs PDFs (server/esign): what a signature looks like, who signs with
 * which certificate, and what is asked of a timestamp authority.
 */
export type Appearance = Extract<FieldAppearance, { kind: 'typed' | 'drawn' }>;
export type DocumentSigner = { readonly name: string; readonly title: string; readonly organization: string; readonly email?: string };
export type SignedDocument = { readonly pdf: Uint8Array; readonly certificatePem: string; readonly timestampedAt: Date | null; readonly timestampFailed: boolean };

/** The agreement before anybody signed. The bytes are kept: they differ from call to call. */
export async function drawAgreement(input: Omit<AgreementPdfInput, 'verifyUrl'>): Promise<Uint8Array> {
  return renderAgreementPdf({ ...input, verifyUrl: `${getEnv().AIRLOCK_URL}/verify` });
}

/** The strokes of a drawn signature, from the JSON of the form. Empty, a dot, too large or no JSON: `validation_failed` on `signature`. */
export function parseDrawing(json: string): Extract<Appearance, { kind: 'drawn' }>['paths'] {
  let paths: unknown;
  try {
    paths = JSON.parse(json);
  } catch {
    paths = [];
  }
  return validateDrawing(paths);
}

/** Signs the field of one party with a certificate made for this one signature: the portal vouches for the name. Throws `nda_wrong_state` where it is signed. */
export async function signDocument({ pdf, field, signer, appearance, facts, reason, now, tsa }: { pdf: Uint8Array; field: 'customer' | 'vendor'; signer: DocumentSigner; appearance: Appearance; facts: readonly Fact[]; reason: string; now: Date; tsa: TimestampAuthority | undefined }): Promise<SignedDocument> {
  const identity = await issuePersonCertificate({ name: signer.name, organization: signer.organization, now });
  const signed = await signField({ pdf, field, identity, signer, appearance, facts, reason, now, tsa }).catch((error: unknown) => {
    throw isAppError(error) && error.code === 'conflict' ? new AppError('nda_wrong_state') : error;
  });
  return { pdf: signed.pdf, certificatePem: signed.certificatePem, timestampedAt: signed.timestampedAt, timestampFailed: signed.timestamp === 'failed' };
}

/** The portal's seal over both signatures; `facts` stand in it, among them the head of the audit chain. */
export async function sealDocument({ pdf, facts, now, tsa }: { pdf: Uint8Array; facts: readonly Fact[]; now: Date; tsa: TimestampAuthority | undefined }): Promise<SignedDocument> {
  const { VENDOR_NAME } = getEnv();
  const appearance = { kind: 'seal', title: 'Sealed by the portal' } as const;
  const signed = await signField({ pdf, field: 'seal', identity: await getPortalIdentity(now), signer: { name: `${VENDOR_NAME}: portal` }, appearance, facts, reason: 'Seals the agreement as both parties signed it', now, tsa });
  return { pdf: signed.pdf, certificatePem: signed.certificatePem, timestampedAt: signed.timestampedAt, timestampFailed: signed.timestamp === 'failed' };
}

/** How the identity stands that seals agreements, as the settings page says it. */
export async function identityStatus(now: Date): Promise<{ tone: 'info' | 'success' | 'warning' | 'danger'; title: string; sentence: string }> {
  const status = await signingIdentityStatus(now);
  if (status.state === 'ok' && status.isTestIdentity) return { tone: 'warning', title: 'Test identity', sentence: `${status.sentence} The portal made it on this machine and nobody else vouches for it: do not rely on what is signed here.` };
  if (status.state === 'ok') return { tone: 'success', title: 'The signing certificate is valid', sentence: status.sentence };
  if (status.state === 'ends_soon') return { tone: 'warning', title: 'The signing certificate ends soon', sentence: status.sentence };
  return { tone: 'danger', title: 'Nothing can be signed', sentence: status.sentence };
}

/** Whether the portal signs with an identity that it made for itself: pages that show a signature say so. */
export async function usesTestIdentity(now: Date): Promise<boolean> {
  const status = await signingIdentityStatus(now);
  return 'isTestIdentity' in status && status.isTestIdentity;
}
