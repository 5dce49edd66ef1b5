import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { type AuditData, type ChainedEvent, chainInput } from '@/domain/audit';
import { EnvironmentError, getEnv } from '../env';

/** An event as the chain has it. */
export type ChainRow = ChainedEvent & { readonly prevHash: string; readonly hash: string };

/** Events that are held in memory at once. */
const PAGE = 5000;
type Stored = Omit<ChainRow, 'at' | 'data'> & { readonly at: Date; readonly data: AuditData };

export type ChainReader = {
  /** Every event from the first to the last as they were when reading began, in pages. */
  readonly pages: (fromSeq?: string) => AsyncGenerator<readonly ChainRow[]>;
  /** The first event that was chained behind this hash. */
  readonly findFollowing: (hash: string) => Promise<ChainRow | null>;
  readonly close: () => Promise<void>;
};

/** The SHA-256 that an event has to have. `seq` other than its own asks whether it would hold at another place. */
export function hashOf({ prevHash, hash: _hash, ...event }: ChainRow, seq: string = event.seq): string {
  return createHash('sha256').update(chainInput(prevHash, { ...event, seq })).digest('hex');
}

/** `seq` as text is another column: ordering has to name the table's own. */
const COLUMNS = 'seq::text as seq, at, type, "actorKind"::text as "actorKind", "actorId", "organizationId"::text as "organizationId", "caseId"::text as "caseId", "fileId"::text as "fileId", data, "prevHash", hash';
const asChained = (row: Stored): ChainRow => ({ ...row, at: row.at.toISOString() });

/**
 * Opens the audit log for reading in one snapshot, on a connection of its own and without the ORM: a hundred thousand events take about a
 * second. What is appended meanwhile is not seen. Close it, whatever happens.
 */
export async function openChain(): Promise<ChainReader> {
  const connectionString = getEnv().DATABASE_URL;
  if (!connectionString) throw new EnvironmentError(['DATABASE_URL is not set.']);
  const client = new Client({ connectionString, application_name: 'airlock audit' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('begin transaction isolation level repeatable read read only');
    return readerOf(client);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

function readerOf(client: Client): ChainReader {
  return {
    async *pages(fromSeq = '1') {
      // Below the first event there may be some that do not belong there.
      let after = fromSeq === '1' ? '-9223372036854775808' : (BigInt(fromSeq) - 1n).toString();
      for (;;) {
        const { rows } = await client.query<Stored>({ name: 'chain-page', text: `select ${COLUMNS} from "AuditEvent" e where seq > $1::bigint order by e.seq limit ${PAGE}`, values: [after] });
        if (rows.length > 0) yield rows.map(asChained);
        if (rows.length < PAGE) return;
        after = rows.at(-1)?.seq ?? after;
      }
    },
    async findFollowing(hash) {
      const { rows } = await client.query<Stored>(`select ${COLUMNS} from "AuditEvent" e where "prevHash" = $1 order by e.seq limit 1`, [hash]);
      return rows[0] ? asChained(rows[0]) : null;
    },
    close: () => client.end().catch(() => undefined),
  };
}
