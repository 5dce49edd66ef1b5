import { type Metadata } from 'next';
import { redirect } from 'next/navigation';
import { CompanySignIn } from '@/components/account/company-sign-in';
import { DemoAccounts } from '@/components/account/demo-accounts';
import { LineForm } from '@/components/account/line-form';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { ERROR_CATALOGUE, type ErrorCode } from '@/domain/errors';
import { safeNextPath } from '@/lib/next-path';
import { getCurrentActor } from '@/server/auth/current-actor';
import { LINK_MINUTES } from '@/server/auth/request-sign-in-link';
import { listDemoAccounts } from '@/server/auth/sign-in-demo';
import { getEnv } from '@/server/env';
import { requestLink } from './actions';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** next-auth comes back here with `error`: a code of ours, or one of its own, which are told apart by what to do. */
function sentenceFor(error: unknown): string | null {
  if (typeof error !== 'string' || error === '') return null;
  if (error === 'AccessDenied') return 'Your company account has no staff account here, or its e-mail address is not verified. Ask an administrator to add you.';
  if (Object.hasOwn(ERROR_CATALOGUE, error)) return ERROR_CATALOGUE[error as ErrorCode].detail;
  return 'Signing in did not come to its end. Try again; if it happens again, tell support.';
}

export default async function SignInPage({ searchParams }: Props) {
  const { next: wanted, callbackUrl, error } = await searchParams;
  const next = safeNextPath(wanted ?? (typeof callbackUrl === 'string' ? callbackUrl.replace(getEnv().AIRLOCK_URL, '') : undefined));
  if (await getCurrentActor()) redirect(next);
  const refusal = sentenceFor(error);
  const demoAccounts = await listDemoAccounts();
  return (
    <PageBody width="narrow">
      <PageHeading title="Sign in" lead="You get a link by e-mail; there is no password. An address that is new here gets an account the same way." />
      {refusal ? (
        <Alert tone="danger" role="alert" title="You are not signed in">
          {refusal}
        </Alert>
      ) : null}
      <LineForm
        action={requestLink}
        field={{ name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'email', inputMode: 'email', maxLength: 254, spellCheck: false, autoCapitalize: 'none', hint: `The link works once, within ${LINK_MINUTES} minutes.` }}
        values={next === '/' ? {} : { next }}
        submitLabel="Send me a link"
        pendingLabel="Sending"
      />
      {getEnv().OIDC_ISSUER ? (
        <Panel id="staff" title={`You work for ${getEnv().VENDOR_NAME}`}>
          <CompanySignIn next={next} />
        </Panel>
      ) : null}
      {demoAccounts.length > 0 ? (
        <Panel id="demo" title="Demo accounts">
          <p className="mb-4 text-sm text-muted">This portal runs in demo mode: each of these signs in with one click, and mail lands in the outbox.</p>
          <DemoAccounts accounts={demoAccounts} next={next} />
        </Panel>
      ) : null}
    </PageBody>
  );
}
