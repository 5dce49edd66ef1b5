import { describe, expect, it } from 'vitest';
import { makeCase, makeCustomer, makeNdaInForce, makeNdaTemplate, makeStaff } from '@/prisma/seed/library';
import { closeCase } from '../case/close-case';
import { requireNda } from '../case/require-nda';
import { getDb } from '../db';
import { chooseNda } from './choose-nda';
import { getNdaStep } from './get-nda-step';

const now = new Date('2026-11-27T10:00:00.000Z');
const later = new Date('2026-11-27T11:00:00.000Z');

async function makeScene(options: { ndaRequired?: boolean } = {}) {
  const customer = await makeCustomer();
  const opened = await makeCase({ openedBy: customer, now, ...options });
  const { reference } = opened;
  return { customer, opened, reference, choose: (choice: 'without' | 'sign_later', at = now, actor = customer.actor) => chooseNda({ actor, now: at, reference, choice }) };
}
const events = (caseId: string) => getDb().auditEvent.findMany({ where: { caseId, type: 'case.nda_chosen' }, orderBy: { seq: 'asc' } });

describe('choosing about the NDA', () => {
  it('can be put off and changed, and each change is recorded once', async () => {
    const { customer, opened, reference, choose } = await makeScene();
    await choose('sign_later');
    await choose('sign_later', later);
    await Promise.all([choose('without', later), choose('without', later)]);
    expect(await getNdaStep({ actor: customer.actor, now: later, reference })).toMatchObject({ choice: 'without', chosenAt: later.toISOString(), chosenByName: customer.name });
    expect((await events(opened.id)).map(({ data }) => data)).toEqual([{ choice: 'sign_later' }, { choice: 'without' }]);
  });

  it('cannot be "without" where support marked the case as needing one', async () => {
    const { opened, choose } = await makeScene({ ndaRequired: true });
    await expect(choose('without')).rejects.toMatchObject({ code: 'nda_required' });
    await choose('sign_later');
    expect(await getDb().case.findUniqueOrThrow({ where: { id: opened.id } })).toMatchObject({ ndaChoice: 'sign_later', updatedAt: now });
  });

  it('and the mark set at the same moment never leave a required case "without"', async () => {
    const { opened, reference, choose } = await makeScene();
    const { actor } = await makeStaff();
    await Promise.allSettled([choose('without'), requireNda({ actor, now, reference })]);
    const row = await getDb().case.findUniqueOrThrow({ where: { id: opened.id } });
    expect(row.ndaRequired && row.ndaChoice === 'without').toBe(false);
  });

  it('is over in a closed case, and nothing to other organizations or staff', async () => {
    const { reference, choose } = await makeScene();
    const support = await makeStaff();
    await expect(choose('without', now, (await makeCustomer()).actor)).rejects.toMatchObject({ code: 'not_found' });
    await expect(choose('without', now, support.actor)).rejects.toMatchObject({ code: 'not_found' });
    await closeCase({ actor: support.actor, now, reference });
    await expect(choose('without')).rejects.toMatchObject({ code: 'case_closed' });
  });

  it('shows the template that is offered and the agreement that covers the case', async () => {
    const { customer, opened, reference } = await makeScene();
    const template = await makeNdaTemplate();
    expect(await getNdaStep({ actor: customer.actor, now, reference })).toMatchObject({ agreement: null, template: { version: '1.0', sha256: template.sha256 } });
    await makeNdaInForce({ organizationId: opened.organizationId, by: customer, now });
    expect(await getNdaStep({ actor: customer.actor, now, reference })).toMatchObject({ agreement: { scope: 'organization', onPaper: false, templateVersion: '1.0' } });
    await expect(getNdaStep({ actor: (await makeCustomer()).actor, now, reference })).rejects.toMatchObject({ code: 'not_found' });
  });
});
