import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { makeCustomer, makeSession, makeUser, type SeedUser } from '@/prisma/seed/library';
import { sessionActor } from '../auth/session-actor';
import { sessionCookie } from '../auth/session-cookie';
import { getDb } from '../db';
import { getAuthSecret } from '../env';
import { endSession } from './end-session';
import { listSessions } from './list-sessions';
import { pruneIdentity } from './prune-identity';
import { revokeOtherSessions } from './revoke-other-sessions';
import { revokeSession } from './revoke-session';

const now = new Date();
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const cookieOf = async (sid: unknown, secret = getAuthSecret()) => `theme=dark; ${sessionCookie().name}=${await encode({ token: { sid: sid as string }, secret })}`;
const actorOf = async (user: SeedUser, at = now) => sessionActor(await cookieOf(user.actor.sessionId), at);

/** The same person in another browser. */
const elsewhere = (user: SeedUser): SeedUser => ({ ...user, actor: { ...user.actor, sessionId: crypto.randomUUID() } });

describe('a session cookie', () => {
  it('is the person of its row', async () => {
    const user = await makeCustomer();
    await makeSession(user, { now });
    expect(await actorOf(user)).toEqual(user.actor);
  });

  it('counts for nothing once its row is revoked, past its time or gone, or its person is disabled', async () => {
    const [revoked, expired, disabled, gone] = [await makeCustomer(), await makeCustomer(), await makeUser({ disabledAt: now }), await makeCustomer()];
    await makeSession(revoked, { now, revokedAt: now });
    await makeSession(expired, { now, expiresAt: later(-1) });
    await makeSession(disabled, { now });
    for (const user of [revoked, expired, disabled, gone]) expect(await actorOf(user)).toBeNull();
  });

  it('cannot be forged, altered or made of something else', async () => {
    const user = await makeCustomer();
    await makeSession(user, { now });
    const good = await cookieOf(user.actor.sessionId);
    const bad = [await cookieOf(user.actor.sessionId, 'another secret that is long enough'), `${good.slice(0, -3)}abc`, await cookieOf("' or 1=1"), await cookieOf({ not: '' }), `${sessionCookie().name}=${user.actor.sessionId}`, `${sessionCookie().name}=${'x'.repeat(9000)}`, '', ';;=;'];
    for (const cookie of bad) expect(await sessionActor(cookie, now)).toBeNull();
    expect(await sessionActor(null, now)).toBeNull();
  });

  it('sees a changed role and organization at once', async () => {
    const user = await makeCustomer();
    await makeSession(user, { now });
    await getDb().user.update({ where: { id: user.id }, data: { role: 'subcontractor', organizationId: null } });
    expect(await actorOf(user)).toMatchObject({ role: 'subcontractor', organizationId: null });
  });

  it('moves the time it was last seen, in steps', async () => {
    const user = await makeCustomer();
    await makeSession(user, { now });
    const lastSeen = async () => (await getDb().session.findUniqueOrThrow({ where: { id: user.actor.sessionId } })).lastSeenAt;
    await actorOf(user, later(0.5));
    expect(await lastSeen()).toEqual(now);
    await actorOf(user, later(5));
    expect(await lastSeen()).toEqual(later(5));
  });
});

describe('the list of sessions', () => {
  it('shows a person their own open ones, this one first', async () => {
    const user = await makeCustomer();
    const phone = elsewhere(user);
    await makeSession(user, { now: later(-60), device: 'Firefox on Linux' });
    await makeSession(phone, { now, device: 'Safari on iOS' });
    await makeSession(elsewhere(user), { now, revokedAt: now });
    await makeSession(await makeCustomer(), { now });
    const views = await listSessions({ actor: user.actor, now });
    expect(views.map(({ device, isThisOne }) => [device, isThisOne])).toEqual([['Firefox on Linux', true], ['Safari on iOS', false]]);
  });

  it('ends one of one\'s own, never another person\'s', async () => {
    const [user, stranger] = [await makeCustomer(), await makeCustomer()];
    const phone = elsewhere(user);
    await Promise.all([makeSession(user, { now }), makeSession(phone, { now }), makeSession(stranger, { now })]);
    await expect(revokeSession({ actor: user.actor, now, sessionId: stranger.actor.sessionId })).rejects.toMatchObject({ code: 'not_found' });
    await revokeSession({ actor: user.actor, now, sessionId: phone.actor.sessionId });
    expect([await actorOf(user), await actorOf(phone), await actorOf(stranger)].map(Boolean)).toEqual([true, false, true]);
    await expect(revokeSession({ actor: user.actor, now, sessionId: phone.actor.sessionId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('ends all others at once, and then this one by signing out', async () => {
    const user = await makeCustomer();
    const others = [elsewhere(user), elsewhere(user)];
    await Promise.all([user, ...others].map((one) => makeSession(one, { now })));
    expect(await revokeOtherSessions({ actor: user.actor, now })).toBe(2);
    expect(await actorOf(user)).not.toBeNull();
    await endSession({ actor: user.actor, now });
    await endSession({ actor: user.actor, now });
    expect(await actorOf(user)).toBeNull();
    expect(await getDb().auditEvent.count({ where: { type: 'session.ended', actorId: user.actor.pseudonym } })).toBe(1);
  });

  it('forgets what ended a week ago', async () => {
    const user = await makeCustomer();
    await makeSession(user, { now: later(-60 * 24 * 20), expiresAt: later(-60 * 24 * 8) });
    await makeSession(elsewhere(user), { now });
    await pruneIdentity({ now });
    expect(await getDb().session.count({ where: { userId: user.id } })).toBe(1);
  });

  it('forgets the addresses of people without an account, which notices hold, but nobody\'s own notices and none that is still to be sent', async () => {
    const user = await makeCustomer();
    const ago = later(-60 * 24 * 8);
    const notice = (more: object) => ({ kind: 'case_closed', data: { reference: 'AL-0000-0000' }, createdAt: ago, ...more });
    await getDb().notice.createMany({
      data: [
        notice({ address: 'gone@prune.example', state: 'sent' }),
        notice({ address: 'dead@prune.example', state: 'dead' }),
        notice({ address: 'waiting@prune.example', state: 'queued' }),
        notice({ address: 'fresh@prune.example', state: 'sent', createdAt: now }),
        notice({ userId: user.id, state: 'sent' }),
      ],
    });
    await pruneIdentity({ now });
    const left = await getDb().notice.findMany({ where: { OR: [{ address: { endsWith: '@prune.example' } }, { userId: user.id }] }, select: { address: true }, orderBy: { address: 'asc' } });
    expect(left.map(({ address }) => address)).toEqual(['fresh@prune.example', 'waiting@prune.example', null]);
  });
});
