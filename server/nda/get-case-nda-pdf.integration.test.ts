import { describe, expect, it } from 'vitest';
import { makeCase, makeCustomer, makeNdaTemplate, makeOrganization, makeUser } from '@/prisma/seed/library';
import { getCaseNdaPdf } from './get-case-nda-pdf';

const now = new Date('2026-11-27T10:00:00.000Z');

describe('the NDA of a case as a PDF', () => {
  it('is drawn for the customer of the case and for nobody else', async () => {
    const customer = await makeCustomer();
    const { reference } = await makeCase({ openedBy: customer });
    await expect(getCaseNdaPdf({ actor: customer.actor, now, reference })).rejects.toMatchObject({ code: 'not_found' });
    await makeNdaTemplate();
    const { pdf, fileName } = await getCaseNdaPdf({ actor: customer.actor, now, reference });
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(fileName).toBe(`nda-${reference}-v1.0.pdf`);
    await expect(getCaseNdaPdf({ actor: (await makeCustomer()).actor, now, reference })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('leaves the name of the organization open where the fonts cannot draw it', async () => {
    await makeNdaTemplate();
    const organization = await makeOrganization({ name: '𓀀𓀁 𓀂' });
    const customer = await makeUser({ organizationId: organization.id });
    const { reference } = await makeCase({ openedBy: customer });
    expect((await getCaseNdaPdf({ actor: customer.actor, now, reference })).pdf.length).toBeGreaterThan(1000);
  });
});
