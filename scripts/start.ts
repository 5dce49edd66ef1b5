/** `npm start` and `npm run dev`: the whole portal on this machine, until Ctrl-C. */
import { Endings } from './lib/endings';
import { stopSignal } from './lib/on-stop';
import { repositoryRoot } from './lib/repository-root';
import { StartError } from './lib/start-error';
import { startPortal, type Portal } from './lib/start-portal';
import { makeSteps } from './lib/steps';

const began = performance.now();
const signal = stopSignal();
const endings = new Endings();
process.chdir(repositoryRoot);
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
process.exitCode = await run();
process.exit();

async function run(): Promise<number> {
  let code = 0;
  try {
    const portal = await startPortal({
      root: repositoryRoot,
      shell: process.env,
      dev: process.argv.includes('--dev'),
      steps: makeSteps((line) => console.log(line)),
      endings,
      signal,
    });
    welcome(portal);
    const failure = await Promise.race([portal.failed, stopped()]);
    if (failure) {
      console.error(failure);
      code = 1;
    }
  } catch (error) {
    // Whatever a start fails with once it was asked to stop, it fails for that reason.
    code = signal.aborted ? 0 : 1;
    if (!signal.aborted) console.error(error instanceof StartError ? error.message : error);
  }
  if (signal.aborted) console.log('Stopping.');
  const troubles = await endings.run();
  for (const trouble of troubles) console.error(trouble);
  return troubles.length > 0 ? 1 : code;
}

/** Resolves without a sentence when somebody asks the portal to stop. */
function stopped(): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

function welcome({ settings, demoAccounts }: Portal): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`\nThe portal is at ${settings.AIRLOCK_URL} (started in ${seconds} s). Ctrl-C ends it.`);
  if (demoAccounts.length > 0) {
    console.log('\nDemo accounts, one click away on the sign-in page:');
    for (const { email, role } of demoAccounts) console.log(`  ${role.padEnd(14)} ${email}`);
  }
  console.log(settings.SMTP_URL ? '\nMail goes to the server in SMTP_URL.' : `\nMail goes to the outbox: ${settings.AIRLOCK_URL}/dev/outbox`);
}
