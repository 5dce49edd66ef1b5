import { type Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { type UserActor } from '@/domain/actor';
import { parseCaseReference } from '@/domain/case-reference';
import { type CaseView } from '@/domain/case-view';
import { may } from '@/domain/permissions';
import { requireActor } from '@/server/auth/current-actor';
import { getCase } from '@/server/case/get-case';
import { orNotFound } from '@/server/http/page-result';

export type CaseParams = { readonly params: Promise<{ reference: string }> };

/** The title of a page of a case. What stands in the address and is no reference is not repeated: the page says that there is nothing. */
export async function caseTitle(params: CaseParams['params'], what?: string): Promise<Metadata> {
  const reference = parseCaseReference(safeDecode((await params).reference));
  const title = [what, reference === null ? null : `case ${reference}`].filter(Boolean).join(', ') || 'Case';
  return { title: title.charAt(0).toUpperCase() + title.slice(1) };
}

/** Who asks, and the reference of the address in its one written form. Staff go to the desk's page of the case. */
export async function enterCase(params: CaseParams['params']): Promise<{ actor: UserActor; reference: string; now: Date }> {
  const actor = await requireActor();
  const reference = parseCaseReference(safeDecode((await params).reference));
  if (reference === null) notFound();
  if (may(actor, 'desk:read')) redirect(`/desk/cases/${reference}`);
  return { actor, reference, now: new Date() };
}

/** The same, with the case. */
export async function openCasePage(params: CaseParams['params']): Promise<{ actor: UserActor; view: CaseView; now: Date }> {
  const { actor, reference, now } = await enterCase(params);
  return { actor, view: await orNotFound(getCase({ actor, reference, now })), now };
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
