/** The portal fills its own address in. `FILE` stands for what the person names. */
export type SendCommands = { readonly posix: string; readonly posixAsking: string; readonly powershell: string };

/**
 * Commands that send files from a machine without a browser. The key goes to the script by the environment or by its question, never
 * in an address or in the arguments of a process, which every user of the machine can read. The line that holds the key
 * begins with a space: shells that are set so (Debian's bash, zsh with HIST_IGNORE_SPACE) keep it out of their history.
 */
export function sendCommands(portalUrl: string, secret: string): SendCommands {
  return {
    posix: ` curl -fsS ${portalUrl}/send.sh | AIRLOCK_KEY=${secret} sh -s -- FILE`,
    posixAsking: `curl -fsS ${portalUrl}/send.sh | sh -s -- FILE`,
    powershell: `$env:AIRLOCK_KEY = Read-Host 'Upload key'; Invoke-WebRequest -UseBasicParsing ${portalUrl}/send.ps1 -OutFile send.ps1; powershell -ExecutionPolicy Bypass -File send.ps1 FILE`,
  };
}
