import { Alert } from '../ui/alert';
import { CodeBlock } from '../ui/code-block';
import { sendCommands } from './send-commands';

/** A key that was just made: the only time that it is seen, and what to do with it. */
export function MadeKey({ portalUrl, secret }: { readonly portalUrl: string; readonly secret: string }) {
  const commands = sendCommands(portalUrl, secret);
  return (
    <div className="space-y-4">
      <Alert tone="success" role="status" title="The key is made. It is shown here once.">
        <p>Copy the command or the key now; once you leave or reload this page, nobody can read the key again. It works for 72 hours, for this case only.</p>
      </Alert>
      <CodeBlock code={secret} label="The upload key" />
      <CodeBlock code={commands.posix} label="Linux, macOS and other Unix: one command, with the key" />
      <p className="max-w-[72ch] text-sm text-muted">
        Put the names of your files where it says FILE, several with spaces between them. The command begins with a space, so that most shells leave it out of their history. Where yours does not, use the next one: it asks for the key.
      </p>
      <CodeBlock code={commands.posixAsking} label="The same, asking for the key" />
      <CodeBlock code={commands.powershell} label="Windows PowerShell, asking for the key" />
    </div>
  );
}
