import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { makeKeySecret } from '../upload-key/key-format';
import { loadSendScript, SEND_SCRIPTS } from './load-send-script';

const folder = mkdtempSync(path.join(tmpdir(), 'airlock-send-script-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ADDRESS = 'https://portal.example';

/** PowerShell with its comments, and what stands in its strings, blanked (about_Quoting_Rules; the script has no here-strings). */
function codeOf(script: string): string {
  return script.replace(/<#[\s\S]*?#>|'(?:[^'\n]|'')*'|"(?:[^"`\n]|`.)*"|#[^\n]*/g, (part) => (part.startsWith('#') || part.startsWith('<#') ? '' : part.charAt(0).repeat(2)));
}

/** Brackets that are open at the end, or the first that closes none. */
function unbalanced(code: string): string {
  const open: string[] = [];
  const partner: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
  for (const character of code) {
    if ('([{'.includes(character)) open.push(character);
    else if (character in partner && open.pop() !== partner[character]) return character;
  }
  return open.join('');
}

describe('a script as it is served', () => {
  it.each(SEND_SCRIPTS)('of %s holds the address of the portal once, and its hash is that of its text', (name) => {
    const { text, sha256 } = loadSendScript(name, `${ADDRESS}/`);
    expect(text).toContain(`'${ADDRESS}'`);
    expect(text).not.toContain('{{AIRLOCK_URL');
    expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it.each(SEND_SCRIPTS)('of %s takes an address that holds quotes and commands as one literal word', (name) => {
    const { text } = loadSendScript(name, "https://portal.example/a'b$(touch x)`id`\u2019");
    const word = name === 'send.sh' ? String.raw`'https://portal.example/a'\''b$(touch%20x)%60id%60%E2%80%99'` : "'https://portal.example/a''b$(touch%20x)%60id%60%E2%80%99'";
    expect(text).toContain(word);
  });

  it('refuses a template that does not name its portal exactly once', () => {
    writeFileSync(path.join(folder, 'send.sh'), "PORTAL='{{AIRLOCK_URL}}' OTHER='{{AIRLOCK_URL}}'");
    expect(() => loadSendScript('send.sh', ADDRESS, folder)).toThrow('2 times');
  });
});

describe('the POSIX script', () => {
  const script = path.join(folder, 'served.sh');
  writeFileSync(script, loadSendScript('send.sh', ADDRESS).text);

  it('is read by the shell without a complaint', () => {
    expect(execFileSync('sh', ['-n', script], { encoding: 'utf8' })).toBe('');
  });

  it('is ASCII, and starts on its last line alone', () => {
    const { text } = loadSendScript('send.sh', ADDRESS);
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(text.trimEnd().split('\n').at(-1)).toBe('main "$@" < /dev/null');
  });

  it('looks for no file by itself: without one that is named it sends nothing (P-PUSH)', () => {
    const { status, stderr } = spawnSync('sh', [script, '--dry-run'], { cwd: folder, encoding: 'utf8', env: { ...process.env, AIRLOCK_KEY: 'alk_none' } });
    expect(stderr).toContain('Name the files to send.');
    expect(status).toBe(2);
  });

  it('reaches the portal by HTTPS_PROXY alone, names no key to it, and ends at once where it refuses', async () => {
    const said: string[] = [];
    const proxy = createServer((socket) => socket.on('error', () => undefined).once('data', (data) => {
      said.push(data.toString());
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    }));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const { NODE_ENV, PATH } = process.env;
    const child = spawn('sh', [script, script], { cwd: folder, detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: { NODE_ENV, PATH, TMPDIR: folder, HTTPS_PROXY: `http://127.0.0.1:${port}`, AIRLOCK_KEY: makeKeySecret() } });
    let complaint = '';
    child.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
    const status = await new Promise((resolve) => child.once('close', resolve));
    await new Promise((resolve) => proxy.close(resolve));
    expect(said.map((lines) => lines.split('\r\n')[0])).toEqual(['CONNECT portal.example:443 HTTP/1.1']);
    expect(said.join()).not.toMatch(/alk_|Bearer/);
    expect(complaint).toContain('The proxy in HTTPS_PROXY refused with 407: it wants a name and a password');
    expect(status).toBe(6);
  });

  it('documents every exit status in its help', () => {
    const { stdout, status } = spawnSync('sh', [script, '--help'], { encoding: 'utf8' });
    expect(status).toBe(0);
    for (const code of ['0', '1', '2', '3', '4', '5', '6', '7', '8', '129', '130', '143']) expect(stdout).toMatch(new RegExp(`\\b${code}  \\w`));
  });
});

/** Where a parse tree has something that the grammar does not know, or lacks something that it wants, as `row:column`, from 1. */
function mistakesIn(node: Node): string[] {
  const own = node.isError || node.isMissing ? [`${node.startPosition.row + 1}:${node.startPosition.column + 1}`] : [];
  return [...own, ...node.children.flatMap((child) => (child.hasError || child.isMissing ? mistakesIn(child) : []))];
}

describe('the PowerShell script', () => {
  const { text } = loadSendScript('send.ps1', ADDRESS);
  const code = codeOf(text);
  const parser: { parse?: (script: string) => Node } = {};
  beforeAll(async () => {
    await Parser.init();
    const powershell = new Parser().setLanguage(await Language.load('node_modules/tree-sitter-powershell/tree-sitter-powershell.wasm'));
    parser.parse = (script) => {
      const tree = powershell.parse(script);
      if (!tree) throw new Error('The script was not parsed.');
      return tree.rootNode;
    };
  });
  const mistakes = (script: string) => mistakesIn((parser.parse as (script: string) => Node)(script));

  it('is PowerShell by its grammar, from its first line to its last', () => {
    expect(mistakes(text)).toEqual([]);
    const lines = text.split('\n');
    const closing = lines.flatMap((line, at) => (line === '}' ? [at] : []));
    expect(closing.length).toBeGreaterThan(20);
    // What the grammar is worth: it misses the brace of a function.
    for (const at of closing.filter((_, nth) => nth % 8 === 0)) expect(mistakes(lines.toSpliced(at, 1).join('\n')), `without line ${at + 1}`).not.toEqual([]);
    for (const wrong of ['if ($a { 1 }', '$a = @{ b = 1', 'foreach ($a on $b) { 1 }', "$a = 'open"]) expect(mistakes(`${text}\n${wrong}\n`), wrong).not.toEqual([]);
  });

  it('is ASCII, which Windows PowerShell reads without a byte order mark', () => {
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('closes each bracket that it opens', () => {
    expect(unbalanced(code)).toBe('');
    expect(unbalanced('if (a) { b[1] }')).toBe('');
    expect(unbalanced('if (a { b }')).toBe('(');
  });

  it('uses nothing that Windows PowerShell 5.1 lacks', () => {
    expect(code).not.toMatch(/\?\?|\?\.|\?\[|&&|\|\||-Parallel\b|\bclean\s*\{/);
    expect(code).not.toMatch(/\S\s+\?\s+[^{]/);
    expect(text).not.toMatch(/-SkipHttpErrorCheck|-AsHashtable|-Authentication|\$IsWindows/);
  });

  it('calls the addresses that the POSIX script calls, and keeps the key out of addresses', () => {
    const addresses = (script: string) => [...script.matchAll(/\/api\/v1\/[a-z-]+|\/(?:segments\/stored|segments|complete|files)(?=["'])/g)].map(([address]) => address);
    const posix = new Set(addresses(loadSendScript('send.sh', ADDRESS).text));
    expect(new Set(addresses(text))).toEqual(posix);
    expect(posix).toEqual(new Set(['/api/v1/upload-key', '/api/v1/cases', '/api/v1/files', '/files', '/segments', '/segments/stored', '/complete']));
    expect(text.match(/\$script:Key\b/g)).toHaveLength(4);
  });
});
