import { type PromiseId } from '@/domain/promises';

/** A promise, what keeps it, how to take that away in one place of the code, and the test that must then fail. */
export type Mechanism = {
  readonly promise: PromiseId;
  /** What keeps the promise, in a few words. */
  readonly keeps: string;
  readonly file: string;
  /** Stands in `file` exactly once. */
  readonly find: string;
  /** What stands there once the mechanism is taken away. */
  readonly without: string;
  readonly test: { readonly project: 'unit' | 'integration'; readonly file: string; readonly name: string; /** As the file has it, where the name is made from a table. */ readonly title?: string };
};

const unit = (file: string, name: string) => ({ project: 'unit', file, name }) as const;
const integration = (file: string, name: string) => ({ project: 'integration', file, name }) as const;

/** Docs/design.md, section 5. `npm run mutations` takes each away in a copy of the portal and runs its test; tests/promises.test.ts holds the table to the code. */
export const MECHANISMS: readonly Mechanism[] = [
  {
    promise: 'P-PUSH',
    keeps: 'the script sends the files that are named, and nothing where none is',
    file: 'public/send-script/send.sh',
    find: `[ $# -gt 0 ] || die 2 'Name the files to send. See --help.'`,
    without: '[ $# -gt 0 ] || set -- *',
    test: unit('server/send-script/load-send-script.test.ts', 'looks for no file by itself'),
  },
  {
    promise: 'P-TRANSIT',
    keeps: 'production refuses a portal at a plain HTTP address',
    file: 'server/env.ts',
    find: `if (address.protocol !== 'https:' && !LOOPBACK.has(address.hostname)) problems.push(`,
    without: 'if (false) problems.push(',
    test: { ...unit('server/env.test.ts', 'refuses plain HTTP in production'), title: 'refuses %s in production' },
  },
  {
    promise: 'P-TRANSIT',
    keeps: 'the bucket\'s policy refuses plain HTTP',
    file: 'server/storage/bucket-settings.ts',
    find: `Condition: { Bool: { 'aws:SecureTransport': 'false' } }`,
    without: `Condition: { Bool: { 'aws:SecureTransport': 'true' } }`,
    test: unit('server/storage/bucket-settings.test.ts', 'refuses plain HTTP and other encryption'),
  },
  {
    promise: 'P-REST',
    keeps: 'a stored object that is not encrypted with AES-256 is refused and deleted',
    file: 'server/file/look-at-segments.ts',
    find: `if (object.encryption !== 'AES256') return`,
    without: `if (false as boolean) return`,
    test: unit('server/file/look-at-segments.test.ts', 'refuses what is not encrypted as it was signed (P-REST)'),
  },
  {
    promise: 'P-REGION',
    keeps: 'the storage client refuses another region',
    file: 'server/storage/s3-client.ts',
    find: 'if (region !== REQUIRED_REGION) throw',
    without: 'if (false as boolean) throw',
    test: integration('server/storage/configure-bucket.integration.test.ts', 'is reached in eu-west-1 only'),
  },
  {
    promise: 'P-LIMITED',
    keeps: 'raw data needs a second person',
    file: 'server/raw-access/decide-raw-access.ts',
    find: 'if (isSecondPersonNeeded() && grant.askedById === actor.userId) throw',
    without: 'if (false as boolean) throw',
    test: integration('server/raw-access/raw-access.integration.test.ts', 'needs a second person, and tells the customer'),
  },
  {
    promise: 'P-LIMITED',
    keeps: 'nothing is read before the customer was told',
    file: 'server/raw-access/raw-read-gate.ts',
    find: `return (await customerWasTold(tx, grantId, found.caseId)) ? null : 'not_told';`,
    without: `await customerWasTold(tx, grantId, found.caseId); return null;`,
    test: integration('server/raw-access/raw-access.integration.test.ts', 'waits until the customer was told, and for the form that announces it'),
  },
  {
    promise: 'P-RAW-7',
    keeps: 'every version is deleted before a file is said to be expired',
    file: 'server/storage/delete-every-version.ts',
    find: '    await deleteListed(target, found);\n    deleted += found.length;',
    without: '    deleted += found.length;\n    return { deleted, lastSeenAt };',
    test: integration('server/retention/sweep.integration.test.ts', 'is gone with every version and every delete marker before it is said to be'),
  },
  {
    promise: 'P-RAW-7',
    keeps: 'what was deleted is listed again before a file is said to be expired',
    file: 'server/storage/delete-every-version.ts',
    find: '    deleted += found.length;',
    without: '    deleted += found.length;\n    return { deleted, lastSeenAt };',
    test: { ...integration('server/retention/sweep.integration.test.ts', 'is not believed to be gone where storage says that it deleted what is there still'), title: 'is not believed to be gone where storage says that it %s' },
  },
  {
    promise: 'P-RAW-7',
    keeps: 'each key that was given out is asked for by name before a file is said to be expired',
    file: 'server/storage/delete-every-version.ts',
    find: 'if (await areAbsent(target, knownKeys)) return',
    without: 'return',
    test: { ...integration('server/retention/sweep.integration.test.ts', 'is not believed to be gone where storage says that it has nothing to list'), title: 'is not believed to be gone where storage says that it %s' },
  },
  {
    promise: 'P-AUTO-30',
    keeps: 'the sweeper empties results whose time is over',
    file: 'server/retention/expire-output.ts',
    find: '  await tx.analysisOutput.updateMany({ where: { clock: { id: clockId } }, data: gone });',
    without: '',
    test: integration('server/retention/sweep-in-time.integration.test.ts', 'of automated analysis is emptied after thirty days'),
  },
  {
    promise: 'P-MANUAL-1',
    keeps: 'the sweeper empties results whose time is over',
    file: 'server/retention/expire-output.ts',
    find: '  await tx.manualOutput.updateMany({ where: { clock: { id: clockId } }, data: gone });',
    without: '',
    test: integration('server/retention/sweep-in-time.integration.test.ts', 'of manual analysis is read by the customer for a day, with a notice, and then is empty'),
  },
  {
    promise: 'P-EXTEND',
    keeps: 'an extension whose notice could not be mailed moves no clock',
    file: 'server/retention/follow-notice.ts',
    find: `!isPossible ? 'lapsed' : became === 'dead' ? 'undeliverable' : 'effective'`,
    without: `!isPossible ? 'lapsed' : became === 'dead' ? 'effective' : 'effective'`,
    test: integration('server/retention/extension.integration.test.ts', 'does not take effect where the mail was given up, and support sees that'),
  },
  {
    promise: 'P-MIN',
    keeps: 'a request for a file needs its purpose',
    file: 'domain/file-requests.ts',
    find: `purpose: paragraphOfText(500, 'what the file is needed for'),`,
    without: 'purpose: z.string(),',
    test: integration('server/file-request/file-requests.integration.test.ts', 'does not go without a purpose (P-MIN)'),
  },
  {
    promise: 'P-PURPOSE',
    keeps: 'a customer reaches the cases of their own organization and no other',
    file: 'server/case/case-scope.ts',
    find: '? { organizationId: actor.organizationId } : NOTHING;',
    without: '? {} : NOTHING;',
    test: unit('server/case/case-scope.test.ts', 'is their organization for a customer'),
  },
  {
    promise: 'P-NOCOPY',
    keeps: 'support has no right that leads to bytes',
    file: 'domain/permissions.ts',
    find: `support: ['case:read',`,
    without: `support: ['raw:ask', 'case:read',`,
    test: unit('domain/permissions.test.ts', 'never give an administrator or support raw access'),
  },
  {
    promise: 'P-SHARE',
    keeps: 'a recipient sees what a customer approved, and nothing else',
    file: 'server/sharing/shared-scope.ts',
    find: `state: 'approved', endsAt`,
    without: 'endsAt',
    test: integration('server/sharing/sharing.integration.test.ts', 'is at once for whoever withdraws, also the second time'),
  },
  {
    promise: 'P-ERASE',
    keeps: 'what an earlier URL writes after the erasure is swept',
    file: 'server/erasure/watch-order.ts',
    find: '    await deleteEveryVersion(target);',
    without: '',
    test: integration('server/erasure/erasure.integration.test.ts', 'takes nothing more while it is being sent, and what an earlier URL writes is swept, recorded and certified'),
  },
  {
    promise: 'P-NDA',
    keeps: 'no URL is signed for a case that needs an agreement and has none',
    file: 'server/nda/nda-gate.ts',
    find: `if (!covering) throw new AppError('nda_required');`,
    without: '',
    test: integration('server/case/send-gate.integration.test.ts', 'needs an NDA in force where support marked the case so'),
  },
  {
    promise: 'P-LOGS',
    keeps: 'the log takes the fields of its list alone',
    file: 'server/logger.ts',
    find: 'for (const name of LOG_FIELDS) {',
    without: 'for (const name of Object.keys(fields) as (typeof LOG_FIELDS)[number][]) {',
    test: unit('server/logger.test.ts', 'drops every field that is not on the list'),
  },
];

/** The table of docs/promises.md. */
export function mechanismTable(): string {
  const rows = MECHANISMS.map(({ promise, keeps, file, test }) => `| ${promise} | ${keeps} | \`${file}\` | \`${test.file}\`: ${test.name} |`);
  return ['| promise | kept by | where | the test that fails without it |', '|---|---|---|---|', ...rows].join('\n');
}
