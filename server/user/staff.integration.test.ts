import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeCustomer, makeSession, makeStaff } from '@/prisma/seed/library';
import { getDb } from '../db';
import { addStaffUser } from './add-staff-user';
import { changeName } from './change-name';
import { changeStaffRole } from './change-staff-role';
import { disableUser } from './disable-user';
import { enableUser } from './enable-user';
import { ensureStaffUser } from './ensure-staff-user';
import { listStaff } from './list-staff';

const now = new Date('2026-11-27T10:00:00.000Z');
const freshAddress = () => `${randomUUID()}@vendor.test`;
const rowOf = (id: string) => getDb().user.findUniqueOrThrow({ where: { id } });

beforeEach(async () => {
  await getDb().user.updateMany({ where: { role: 'admin' }, data: { disabledAt: now } });
});

describe('staff accounts', () => {
  it('are made by an administrator, with a pseudonym, an audit event and a notice', async () => {
    const admin = await makeStaff('admin');
    const email = freshAddress();
    const { userId } = await addStaffUser({ actor: admin.actor, now, email, role: 'support' });
    expect(await rowOf(userId)).toMatchObject({ email, role: 'support', organizationId: null });
    expect(await getDb().notice.count({ where: { userId, kind: 'staff_added' } })).toBe(1);
    expect(await getDb().auditEvent.count({ where: { type: 'user.created', actorId: admin.actor.pseudonym } })).toBe(1);
    await expect(addStaffUser({ actor: admin.actor, now, email, role: 'admin' })).rejects.toMatchObject({ code: 'address_taken' });
  });

  it('are nobody else\'s business', async () => {
    const target = await makeStaff('support');
    for (const { actor } of [await makeStaff('support'), await makeStaff('data_admin'), await makeCustomer()]) {
      const attempts = [listStaff({ actor }), addStaffUser({ actor, now, email: freshAddress(), role: 'admin' }), changeStaffRole({ actor, now, userId: target.id, role: 'admin' }), disableUser({ actor, now, userId: target.id }), enableUser({ actor, now, userId: target.id })];
      for (const end of await Promise.allSettled(attempts)) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
    }
  });

  it('lose their sessions with their role, and when they are disabled', async () => {
    const admin = await makeStaff('admin');
    const [one, other] = [await makeStaff('support'), await makeStaff('data_admin')];
    await Promise.all([makeSession(one), makeSession(other)]);
    await changeStaffRole({ actor: admin.actor, now, userId: one.id, role: 'data_admin' });
    await disableUser({ actor: admin.actor, now, userId: other.id });
    expect(await getDb().session.count({ where: { userId: { in: [one.id, other.id] }, revokedAt: null } })).toBe(0);
    await enableUser({ actor: admin.actor, now, userId: other.id });
    expect([(await rowOf(one.id)).role, (await rowOf(other.id)).disabledAt]).toEqual(['data_admin', null]);
    expect(await getDb().auditEvent.groupBy({ by: ['type'], where: { actorId: admin.actor.pseudonym }, orderBy: { type: 'asc' } })).toEqual([{ type: 'user.disabled' }, { type: 'user.enabled' }, { type: 'user.role_changed' }]);
  });

  it('cannot be made of customers by changing a role', async () => {
    const admin = await makeStaff('admin');
    const customer = await makeCustomer();
    await expect(changeStaffRole({ actor: admin.actor, now, userId: customer.id, role: 'admin' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(disableUser({ actor: admin.actor, now, userId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are never changed by their own owner', async () => {
    const admin = await makeStaff('admin');
    await makeStaff('admin');
    await expect(changeStaffRole({ actor: admin.actor, now, userId: admin.id, role: 'support' })).rejects.toMatchObject({ code: 'own_account' });
    await expect(disableUser({ actor: admin.actor, now, userId: admin.id })).rejects.toMatchObject({ code: 'own_account' });
  });

  it('keep one administrator, also when two disable each other at the same moment', async () => {
    const [one, other] = [await makeStaff('admin'), await makeStaff('admin')];
    const ends = await Promise.allSettled([disableUser({ actor: one.actor, now, userId: other.id }), changeStaffRole({ actor: other.actor, now, userId: one.id, role: 'support' })]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'last_admin' } });
    expect(await getDb().user.count({ where: { role: 'admin', disabledAt: null } })).toBe(1);
  });

  it('come from the command line on a fresh portal, and are mended by it', async () => {
    const email = freshAddress();
    expect(await ensureStaffUser({ now, email, role: 'support' })).toBe('added');
    expect(await ensureStaffUser({ now, email, role: 'admin' })).toBe('role changed');
    expect(await ensureStaffUser({ now, email, role: 'admin' })).toBe('nothing to do');
    await getDb().user.update({ where: { email }, data: { disabledAt: now } });
    expect(await ensureStaffUser({ now, email, role: 'admin' })).toBe('enabled');
    const customer = await makeCustomer();
    await expect(ensureStaffUser({ now, email: customer.email, role: 'admin' })).rejects.toMatchObject({ code: 'address_taken' });
  });
});

it('a person names themselves, or takes the name away', async () => {
  const user = await makeCustomer();
  await changeName({ actor: user.actor, name: 'Ada' });
  expect((await rowOf(user.id)).name).toBe('Ada');
  await changeName({ actor: user.actor, name: null });
  expect((await rowOf(user.id)).name).toBeNull();
});
