import { expect, test } from '@playwright/test';
import { ACTIONS } from './access-actions';
import { API, PAGES } from './access-matrix';
import { listActions, listRoutes } from './support/entry-points';
import { callAction, knock } from './support/knock';
import { assertNothingRaw } from './support/raw-canary';
import { KEYS, type Outcomes, PEOPLE, type Person } from './support/who-knocks';
import { makeWorld, type World } from './support/world';

let world: World;
test.beforeAll(async () => {
  world = await makeWorld();
});

const expected = (outcomes: Outcomes, who: Person): string => outcomes[who] ?? outcomes.else;
const expectedOf = (outcomes: Outcomes) => Object.fromEntries(PEOPLE.map((who) => [who, expected(outcomes, who)]));

/** The one entry point that hands out raw bytes, to one person. */
const RAW_READ = 'GET /api/raw-access/[grantId]/files/[fileId]';
/** Whose every answer is searched for raw bytes and presigned addresses: the customers of the case alone get addresses, to send to (P-LIMITED, P-NOCOPY). */
const canaryFor = (who: Person, route = '') => (who === 'owner' || who === 'colleague' || (who === 'data_admin' && route === RAW_READ) ? {} : { without: world.rawCanary });

async function eachPerson(ask: (who: Person) => Promise<string>): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const who of PEOPLE) seen[who] = await ask(who);
  return seen;
}

/** `405` for whoever asks: the method exists only to say that it does not. */
async function isRefusedMethod(route: string): Promise<boolean> {
  const [method = '', pattern = ''] = route.split(' ');
  const address = pattern.replace('[reference]', world.reference).replace('[fileId]', world.fileId).replace('[...path]', 'nothing');
  for (const who of PEOPLE) if ((await knock(method, address, { cookie: world.cookies[who] })) !== '405 method_not_allowed') return false;
  return true;
}

test('every page and route handler has a row, and every row an entry point', async () => {
  const rows = new Set([...Object.keys(PAGES), ...Object.keys(API)]);
  const routes = listRoutes();
  const unknown: string[] = [];
  for (const route of routes) if (!rows.has(route) && !(await isRefusedMethod(route))) unknown.push(route);
  expect(unknown, 'Add a row to e2e/access-matrix.ts').toEqual([]);
  expect([...rows].filter((row) => !routes.includes(row)), 'Take the row out of e2e/access-matrix.ts').toEqual([]);
});

test('every server action has a row, and every row an action', () => {
  expect(listActions().map(({ name }) => name), 'Rows of e2e/access-actions.ts').toEqual(Object.keys(ACTIONS).sort());
});

for (const [route, { address, outcomes }] of Object.entries(PAGES)) {
  test(`${route} opens for whom it should`, async () => {
    const seen = await eachPerson((who) => knock('GET', address(world), { cookie: world.cookies[who], ...canaryFor(who) }));
    expect(seen).toEqual(expectedOf(outcomes(world)));
  });
}

for (const [route, { address, body, outcomes, keys }] of Object.entries(API)) {
  test(`${route} answers whom it should`, async () => {
    const [method = ''] = route.split(' ');
    const ask = (who: { cookie?: string; bearer?: string; without?: World['rawCanary'] }) => knock(method, address(world), { ...who, body: body?.(world) });
    expect(await eachPerson((who) => ask({ cookie: world.cookies[who], ...canaryFor(who, route) }))).toEqual(expectedOf(outcomes));
    for (const key of KEYS) expect(await ask({ bearer: world.keys[key] }), key).toBe(keys?.[key] ?? expected(outcomes, 'anonymous'));
    if (keys) expect(await ask({ bearer: 'no-such-key-no-such-key' })).toBe('401 upload_key_invalid');
  });
}

test('the search for raw bytes finds them, packed, unpacked and by address', () => {
  const { stored, raw } = world.rawCanary;
  for (const body of [stored, Buffer.concat([Buffer.from('<p>'), raw]), Buffer.from('{"url":"https://storage/x?X-Amz-Signature=0"}')]) expect(() => assertNothingRaw({ headers: new Headers(), body }, world.rawCanary)).toThrow();
  expect(() => assertNothingRaw({ headers: new Headers(), body: Buffer.from('a page') }, world.rawCanary)).not.toThrow();
});

test('server actions obey whom they should, in order', async () => {
  const known = new Map(listActions().map((action) => [action.name, action]));
  const seen: Record<string, Record<string, string>> = {};
  const wanted: Record<string, Record<string, string>> = {};
  for (const [name, { page, form, outcomes }] of Object.entries(ACTIONS)) {
    const action = known.get(name);
    if (!action) throw new Error(`${name} is not in the build.`);
    const answers = await eachPerson((who) => callAction(action, page(world), form(world, who), world.cookies[who], canaryFor(who).without));
    wanted[name] = expectedOf(outcomes);
    // Where the address ends in a reference, which one it is does not matter here.
    seen[name] = Object.fromEntries(Object.entries(answers).map(([who, answer]) => [who, answer.replace(/^to \/cases\/AL-.*/, 'to /cases/*').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '*')]));
  }
  expect(seen).toEqual(wanted);
});
