import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, DriverAdapterError, type SqlQuery, type SqlDriverAdapter, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type * as engineTypes from '@prisma/schema-engine-wasm';
import pg from 'pg';

/** Object id of the type "char", in which the catalogue tells kinds of constraints and identity columns (pg_type.dat). */
const INTERNAL_CHAR = 18;
const TEXT = 25;

interface PgRows {
  fields: { dataTypeID: number }[];
  rows: unknown[][];
}

/**
 * Prisma's schema engine as WebAssembly, over the `pg` driver, so that migrations need neither the network nor a native program.
 * `schema` is the current schema's files, where a command needs them. The caller disposes of it with `close`.
 */
export async function openSchemaEngine(url: string): Promise<{ engine: engineTypes.SchemaEngine; close: () => Promise<void> }> {
  const pool = poolFor(url);
  const engine = await loadEngineClass().then((engineClass) =>
    engineClass.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(new MigrationAdapter(pool))),
  );
  return {
    engine,
    close: async () => {
      engine.free();
      await pool.end();
    },
  };
}

/**
 * adapter-pg with what migrations need: a script runs as a whole (the adapter splits it at every semicolon, which tears function
 * bodies apart), and "char" columns of the catalogue, which the adapter refuses, are read as text and declared as characters.
 */
class MigrationAdapter implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';

  constructor(private readonly pool: pg.Pool) {}

  async connect(): Promise<SqlDriverAdapter> {
    const characters = readCharactersAsText(this.pool);
    const adapter = await new PrismaPg(this.pool).connect();
    const read = adapter.queryRaw.bind(adapter);
    return Object.assign(adapter, {
      executeScript: (script: string) => runScript(this.pool, script),
      queryRaw: async (query: SqlQuery) => {
        const result = await read(query);
        for (const column of characters.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character;
        return result;
      },
    });
  }

  connectToShadowDb(): Promise<SqlDriverAdapter> {
    return Promise.reject(new Error('Shadow databases are made by the caller, not by the engine.'));
  }
}

/** The simple query protocol runs several statements as one transaction (PostgreSQL, 54.2.2.1). */
async function runScript(pool: pg.Pool, script: string): Promise<void> {
  try {
    await pool.query(script);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const { code = 'XX000', severity = 'ERROR', message, detail, column, hint } = error;
    throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint, originalCode: code, originalMessage: message });
  }
}

function poolFor(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 3, allowExitOnIdle: true });
  pool.on('error', () => undefined);
  return pool;
}

/** Makes the pool pass "char" columns off as text; the map tells, by a result's rows, which columns those were. */
function readCharactersAsText(pool: pg.Pool): WeakMap<object, number[]> {
  const characters = new WeakMap<object, number[]>();
  const query = pool.query.bind(pool) as (config: unknown) => Promise<PgRows>;
  const queryAsText = async (config: unknown) => {
    const result = await query(config);
    const columns = [...(result.fields ?? []).keys()].filter((index) => result.fields[index]?.dataTypeID === INTERNAL_CHAR);
    for (const index of columns) Object.assign(result.fields[index] ?? {}, { dataTypeID: TEXT });
    if (columns.length > 0) characters.set(result.rows, columns);
    return result;
  };
  Object.assign(pool, { query: queryAsText });
  return characters;
}

/** Where the engine leaves what it said when it panicked; without it a panic hides behind a TypeError. */
const panics = {
  message: '',
  set_message(text: string) {
    panics.message = text;
  },
};

let engineClass: Promise<typeof engineTypes.SchemaEngine> | undefined;

/** Compiled once a process. */
function loadEngineClass(): Promise<typeof engineTypes.SchemaEngine> {
  engineClass ??= instantiate();
  return engineClass;
}

/** The package's own entry imports the .wasm file as a module, which Node 20 cannot; so it is put together here. */
async function instantiate(): Promise<typeof engineTypes.SchemaEngine> {
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as typeof engineTypes & {
    __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
  };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const compiled = await WebAssembly.compile(readFileSync(file));
  const instance = await WebAssembly.instantiate(compiled, { './schema_engine_bg.js': withIdleTimers({ ...bindings }) });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings.SchemaEngine;
}

/** The engine leaves its time-outs of 10 s running when their work is done; they must not keep the process alive. */
function withIdleTimers(imports: Record<string, unknown>): WebAssembly.ModuleImports {
  for (const name of Object.keys(imports)) {
    if (!name.startsWith('__wbg_setTimeout_')) continue;
    imports[name] = (run: () => void, milliseconds: number) => setTimeout(run, milliseconds).unref();
  }
  return imports as WebAssembly.ModuleImports;
}
