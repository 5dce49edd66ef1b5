import Link from 'next/link';
import { redirect } from 'next/navigation';
import { HowItWorks } from '@/components/content/how-it-works';
import { PromiseBoard } from '@/components/content/promise-board';
import { homeOf } from '@/components/shell/navigation';
import { LinkButton } from '@/components/ui/link-button';
import { getCurrentActor } from '@/server/auth/current-actor';
import { getEnv } from '@/server/env';
import { getRetentionPeriods } from '@/server/retention/retention-periods';

/** What this is, in one screen. Somebody who is signed in goes on to their work. */
export default async function StartPage() {
  const actor = await getCurrentActor();
  if (actor) redirect(homeOf(actor));
  const { VENDOR_NAME } = getEnv();
  const periods = await getRetentionPeriods();
  return (
    <div className="mx-auto max-w-7xl px-4 sm:px-6">
      <section className="grid items-center gap-x-12 gap-y-8 py-10 lg:grid-cols-[5fr_6fr] lg:py-16">
        <div>
          <h1 className="text-3xl font-semibold tracking-tight sm:text-[2.5rem] sm:leading-12">Hand over diagnostic data, and know what becomes of it</h1>
          <p className="mt-4 max-w-[56ch] text-lg text-muted">
            Heap dumps, logs and database backups for one support case of {VENDOR_NAME}: sent by you, checked, kept for a stated time, and gone afterwards, with proof of each step.
          </p>
          <div className="mt-6 flex flex-wrap gap-3">
            <LinkButton href="/sign-in?next=%2Fcases%2Fnew">Sign in and open a case</LinkButton>
            <LinkButton href="/policy" variant="secondary">
              Read the policy
            </LinkButton>
          </div>
          <p className="mt-4 text-sm text-muted">Signing in takes an e-mail address and no password.</p>
        </div>
        <PromiseBoard rawDays={periods.raw_file} analysisDays={periods.analysis_output} manualDays={periods.manual_output} />
      </section>
      <section aria-labelledby="how" className="border-t py-10">
        <h2 id="how" className="mb-6 text-xl font-semibold tracking-tight">
          How it works
        </h2>
        <HowItWorks />
        <p className="mt-8 text-muted">
          The server that failed has no browser? <Link href="/guides/send-from-a-server" className="link">Send from a server</Link>. No heap dump yet?{' '}
          <Link href="/guides/take-a-heap-dump" className="link">Take one</Link>, or <Link href="/guides/switch-on-heap-dumps" className="link">switch them on</Link> for the next failure.
        </p>
      </section>
    </div>
  );
}
