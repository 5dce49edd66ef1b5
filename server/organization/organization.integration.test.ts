import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeCustomer, makeStaff, makeUser, type SeedUser } from '@/prisma/seed/library';
import { openSecret } from '../crypto/secrets';
import { getDb } from '../db';
import { acceptInvitation } from './accept-invitation';
import { createOrganization } from './create-organization';
import { getOrganization } from './get-organization';
import { inviteColleague } from './invite-colleague';
import { listMyInvitations } from './list-my-invitations';
import { revokeInvitation } from './revoke-invitation';

const now = new Date('2026-11-27T10:00:00.000Z');
const days = (count: number) => new Date(now.getTime() + count * 24 * 60 * 60_000);
const organizationOf = async (user: SeedUser) => (await getDb().user.findUniqueOrThrow({ where: { id: user.id } })).organizationId;

/** Invites an address and reads the secret as the mail would carry it. */
async function invitationFor(email: string, by: SeedUser, at = now): Promise<string> {
  await inviteColleague({ actor: by.actor, now: at, email });
  const notice = await getDb().notice.findFirstOrThrow({ where: { address: email, kind: 'invitation' }, orderBy: { id: 'desc' } });
  return openSecret((notice.data as { sealed: string }).sealed);
}
const accept = (user: SeedUser, secret: string, at = now) => acceptInvitation({ actor: user.actor, now: at, key: { secret } });

describe('an organization', () => {
  it('is made once by a customer who has none, also from five tabs', async () => {
    const user = await makeUser();
    const ends = await Promise.allSettled(Array.from({ length: 5 }, () => createOrganization({ actor: user.actor, now, name: 'Example Customer' })));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await getDb().organization.count({ where: { users: { some: { id: user.id } } } })).toBe(1);
    expect(await getDb().organization.count({ where: { name: 'Example Customer', users: { none: {} } } })).toBe(0);
  });

  it('is nothing that staff make', async () => {
    const staff = await makeStaff('admin');
    await expect(createOrganization({ actor: staff.actor, now, name: 'x' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shows its members and open invitations to its members only', async () => {
    const ada = await makeCustomer();
    const bo = await makeCustomer({ organizationId: ada.organizationId });
    await invitationFor(`${randomUUID()}@example.test`, bo);
    const seen = await getOrganization({ actor: ada.actor, now });
    expect(seen.members.map(({ id, isYou }) => [id, isYou])).toEqual([[ada.id, true], [bo.id, false]]);
    expect(seen.invitations).toHaveLength(1);
    expect((await getOrganization({ actor: (await makeCustomer()).actor, now })).members).toHaveLength(1);
    for (const stranger of [await makeStaff(), await makeUser({ role: 'subcontractor' })]) await expect(getOrganization({ actor: stranger.actor, now })).rejects.toMatchObject({ code: 'not_found' });
    await expect(getOrganization({ actor: (await makeUser()).actor, now })).rejects.toMatchObject({ code: 'organization_needed' });
  });
});

describe('an invitation', () => {
  it('lets the invited person join, once', async () => {
    const ada = await makeCustomer();
    const bo = await makeUser();
    const secret = await invitationFor(bo.email, ada);
    const ends = await Promise.allSettled(Array.from({ length: 5 }, () => accept(bo, secret)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await organizationOf(bo)).toBe(ada.organizationId);
    expect(await getDb().notice.count({ where: { userId: ada.id, kind: 'invitation_accepted' } })).toBe(1);
    expect(await getDb().auditEvent.count({ where: { type: 'organization.joined', organizationId: ada.organizationId } })).toBe(1);
    await expect(accept(bo, secret)).rejects.toMatchObject({ code: 'link_invalid' });
  });

  it('is worth nothing to another address, and stays usable for its own', async () => {
    const ada = await makeCustomer();
    const [bo, eve] = [await makeUser(), await makeUser()];
    const secret = await invitationFor(bo.email, ada);
    await expect(accept(eve, secret)).rejects.toMatchObject({ code: 'invitation_for_other_address' });
    expect(await organizationOf(eve)).toBeNull();
    await accept(bo, secret);
  });

  it('waits for the person at their own address, and is unknown to everybody else', async () => {
    const ada = await makeCustomer();
    const [bo, eve] = [await makeUser(), await makeUser()];
    await invitationFor(bo.email, ada);
    const [waiting] = await listMyInvitations({ actor: bo.actor, now });
    const key = { invitationId: waiting?.invitationId ?? '' };
    expect(await listMyInvitations({ actor: eve.actor, now })).toEqual([]);
    await expect(acceptInvitation({ actor: eve.actor, now, key })).rejects.toMatchObject({ code: 'link_invalid' });
    await acceptInvitation({ actor: bo.actor, now, key });
    expect(await organizationOf(bo)).toBe(ada.organizationId);
  });

  it('ends after seven days, when it is taken back, and when a newer one is sent', async () => {
    const ada = await makeCustomer();
    const bo = await makeUser();
    const old = await invitationFor(bo.email, ada);
    await expect(accept(bo, old, days(7))).rejects.toMatchObject({ code: 'link_invalid' });
    const newer = await invitationFor(bo.email, ada);
    await expect(accept(bo, old)).rejects.toMatchObject({ code: 'link_invalid' });
    const [open] = (await getOrganization({ actor: ada.actor, now })).invitations;
    await expect(revokeInvitation({ actor: (await makeCustomer()).actor, now, invitationId: open?.id ?? '' })).rejects.toMatchObject({ code: 'not_found' });
    await revokeInvitation({ actor: ada.actor, now, invitationId: open?.id ?? '' });
    await expect(accept(bo, newer)).rejects.toMatchObject({ code: 'link_invalid' });
    expect(await organizationOf(bo)).toBeNull();
  });

  it('tells a person who belongs elsewhere so, and stays open', async () => {
    const ada = await makeCustomer();
    const eve = await makeCustomer();
    const secret = await invitationFor(eve.email, ada);
    await expect(accept(eve, secret)).rejects.toMatchObject({ code: 'already_in_organization' });
    expect(await organizationOf(eve)).toBe(eve.organizationId);
    expect(await getDb().invitation.count({ where: { email: eve.email, acceptedAt: null } })).toBe(1);
  });

  it('makes no customer of staff', async () => {
    const [ada, sam] = [await makeCustomer(), await makeStaff()];
    await expect(accept(sam, await invitationFor(sam.email, ada))).rejects.toMatchObject({ code: 'already_in_organization' });
  });

  it('is not sent to a member, and is limited', async () => {
    const ada = await makeCustomer();
    await expect(inviteColleague({ actor: ada.actor, now, email: ada.email })).rejects.toMatchObject({ code: 'already_a_member' });
    const email = `${randomUUID()}@example.test`;
    const sent = await Promise.allSettled(Array.from({ length: 8 }, () => inviteColleague({ actor: ada.actor, now, email })));
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect((await getOrganization({ actor: ada.actor, now })).invitations).toHaveLength(1);
    await expect(inviteColleague({ actor: (await makeStaff()).actor, now, email })).rejects.toMatchObject({ code: 'not_found' });
  });
});
