import { readFileSync } from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCustomer, makeNdaInForce, makeNdaTemplate, makeStaff, type SeedUser } from '@/prisma/seed/library';
import { hashSource, splitFrontMatter } from '../content/parse-document';
import { getDb } from '../db';
import { getNdaStep } from '../nda/get-nda-step';
import { findNdaTemplateInForce } from '../nda/nda-template-in-force';
import { publishNdaTemplates } from '../nda/publish-nda-templates';
import { readAgreement } from '../nda/read-agreement';
import { signAgreement } from '../nda/sign-agreement';
import { confirm, makeScene, openLink, send, START } from '../nda/testing/ceremony';
import { discardNdaDraft } from './discard-nda-draft';
import { getNdaDraft, getNdaDraftPdf, listNdaDrafts } from './get-nda-draft';
import { makeNdaDraft } from './make-nda-draft';
import { publishNdaDraft } from './publish-nda-draft';
import { saveNdaDraft } from './save-nda-draft';

const SHIPPED = splitFrontMatter(readFileSync(path.join(import.meta.dirname, '../../content/nda/1.0.md'), 'utf8')).body.trimStart();
const now = START;
const code = (expected: string) => expect.objectContaining({ code: expected });
let admin: SeedUser;
let other: SeedUser;

const draftFrom = async (version = '1.0') => (await makeNdaDraft({ actor: admin.actor, now, version })).draftId;
const save = (draftId: string, revision: number, more: { by?: SeedUser; title?: string; body?: string; mark?: boolean; replaces?: number } = {}) =>
  saveNdaDraft({ actor: (more.by ?? admin).actor, now, draftId, revision, title: more.title ?? 'An agreement', summary: 'For both.', body: more.body ?? SHIPPED, ...(more.mark ? { requiresNewSignature: 'on' as const } : {}), ...(more.replaces ? { replaces: more.replaces } : {}) });
const publish = async (draftId: string, revision: number) => publishNdaDraft({ actor: admin.actor, now, draftId, revision, comparedWith: (await findNdaTemplateInForce(getDb(), now))?.version ?? '' });
const eventsOf = async (draftId: string) => (await getDb().auditEvent.findMany({ where: { data: { path: ['draftId'], equals: draftId } }, orderBy: { seq: 'asc' }, select: { type: true } })).map(({ type }) => type);

beforeAll(async () => {
  await makeNdaTemplate();
  [admin, other] = [await makeStaff('admin'), await makeStaff('admin')];
});

describe('a draft of the NDA template', () => {
  it('begins with a published text, is compared with the version in force, and is published for good, all in the audit', async () => {
    const draftId = await draftFrom();
    expect(await getNdaDraft({ actor: admin.actor, now, draftId })).toMatchObject({ basedOn: '1.0', body: 'NDA 1.0\n', revision: 1, inForce: '1.0', nextVersion: '1.1', problems: expect.arrayContaining([expect.objectContaining({ message: expect.stringContaining('{{vendorName}}') })]) });
    await expect(publish(draftId, 1)).rejects.toEqual(code('validation_failed'));
    await expect(getNdaDraftPdf({ actor: admin.actor, draftId })).rejects.toEqual(code('validation_failed'));
    await save(draftId, 1);
    const view = await getNdaDraft({ actor: admin.actor, now, draftId });
    expect(view).toMatchObject({ revision: 2, problems: [] });
    expect(view.difference).toContainEqual({ kind: 'removed', text: 'NDA 1.0' });
    expect(view.difference).toContainEqual({ kind: 'added', text: 'Title: An agreement' });
    expect(Buffer.from((await getNdaDraftPdf({ actor: admin.actor, draftId })).pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(await publish(draftId, 2)).toEqual({ version: '1.1' });
    const row = await getDb().ndaTemplate.findUniqueOrThrow({ where: { version: '1.1' } });
    expect(row).toMatchObject({ title: 'An agreement', requiresNewSignature: false, publishedById: admin.id, sha256: hashSource(row.bodyMarkdown) });
    expect(splitFrontMatter(row.bodyMarkdown).body.trim()).toBe(SHIPPED.trim());
    await expect(getDb().ndaTemplate.update({ where: { version: '1.1' }, data: { bodyMarkdown: 'x' } })).rejects.toThrow();
    await expect(getNdaDraft({ actor: admin.actor, now, draftId })).rejects.toEqual(code('not_found'));
    expect(await eventsOf(draftId)).toEqual(['nda_draft.made', 'nda_draft.saved', 'nda_template.published']);
  });

  it('is not published twice, without a change, or compared with another version than the one in force', async () => {
    const draftId = await draftFrom('1.1');
    await expect(publish(draftId, 1)).rejects.toMatchObject({ code: 'conflict', detail: expect.stringContaining('says what version 1.1 says') });
    await save(draftId, 1, { title: 'Another title' });
    await expect(publishNdaDraft({ actor: admin.actor, now, draftId, revision: 2, comparedWith: '1.0' })).rejects.toMatchObject({ code: 'conflict', detail: expect.stringContaining('Version 1.1 was published meanwhile') });
    const attempts = await Promise.allSettled([1, 2, 3, 4].map(() => publish(draftId, 2)));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await getDb().ndaTemplate.count({ where: { title: 'Another title' } })).toBe(1);
  });

  it('edited by two at once tells the second, who loses nothing and may replace what they looked at', async () => {
    const draftId = await draftFrom();
    const [first, second] = await Promise.allSettled([save(draftId, 1, { title: 'By one' }), save(draftId, 1, { title: 'By the other', by: other })]);
    const lost = [first, second].filter((attempt) => attempt.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatchObject({ reason: { code: 'conflict', detail: expect.stringContaining('nothing was lost') } });
    await expect(save(draftId, 1, { title: 'Again', replaces: 1 })).rejects.toEqual(code('conflict'));
    expect(await save(draftId, 1, { title: 'Knowingly', replaces: 2 })).toEqual({ revision: 3 });
    for (const revision of [1, 2]) await expect(discardNdaDraft({ actor: other.actor, now, draftId, revision })).rejects.toEqual(code('conflict'));
    await expect(publish(draftId, 2)).rejects.toEqual(code('conflict'));
    await discardNdaDraft({ actor: other.actor, now, draftId, revision: 3 });
    await expect(save(draftId, 3)).rejects.toMatchObject({ code: 'nda_wrong_state', detail: expect.stringContaining('copy it before you leave') });
    expect(await eventsOf(draftId)).toEqual(['nda_draft.made', 'nda_draft.saved', 'nda_draft.saved', 'nda_draft.discarded']);
  });

  it('is for administrators alone', async () => {
    const draftId = await draftFrom();
    for (const { actor } of [await makeStaff('support'), await makeStaff('data_admin'), await makeCustomer()]) {
      await expect(listNdaDrafts({ actor })).rejects.toEqual(code('not_found'));
      await expect(getNdaDraft({ actor, now, draftId })).rejects.toEqual(code('not_found'));
      await expect(makeNdaDraft({ actor, now, version: '1.0' })).rejects.toEqual(code('not_found'));
      await expect(publishNdaDraft({ actor, now, draftId, revision: 1, comparedWith: '1.0' })).rejects.toEqual(code('not_found'));
      await expect(discardNdaDraft({ actor, now, draftId, revision: 1 })).rejects.toEqual(code('not_found'));
    }
    await expect(getNdaDraft({ actor: admin.actor, now, draftId: 'x' })).rejects.toEqual(code('not_found'));
    await expect(getNdaDraft({ actor: admin.actor, now, draftId: randomUUID() })).rejects.toEqual(code('not_found'));
    await expect(makeNdaDraft({ actor: admin.actor, now, version: '77.0' })).rejects.toEqual(code('not_found'));
    await discardNdaDraft({ actor: admin.actor, now, draftId, revision: 1 });
    expect(await listNdaDrafts({ actor: admin.actor })).toEqual([]);
  });
});

describe('a version published at the desk', () => {
  it('between reading and signing is asked to be read; the hash that is read is the hash that is signed', async () => {
    const email = `reader-${randomUUID()}@example.test`;
    const agreementId = await send(await makeScene(), { email });
    const key = await openLink(email);
    await confirm(key, email);
    const { sha256 } = await readAgreement({ key, now });
    const draftId = await draftFrom();
    await save(draftId, 1, { title: 'Published in between' });
    await publish(draftId, 2);
    const signing = { key, now, agreementId, electronic: 'on', authority: 'on', appearance: 'typed' } as const;
    await expect(signAgreement({ ...signing, sha256 })).rejects.toEqual(code('nda_document_changed'));
    const again = await readAgreement({ key, now });
    expect(again.template.title).toBe('Published in between');
    await signAgreement({ ...signing, sha256: again.sha256 });
    expect(await getDb().ndaAgreement.findUniqueOrThrow({ where: { id: agreementId }, select: { state: true, readSha256: true, template: { select: { title: true } } } })).toEqual({ state: 'signed', readSha256: again.sha256, template: { title: 'Published in between' } });
  });

  it('asks for a new signature only where it is marked, and gets a new first number then', async () => {
    const { customer, opened } = await makeScene();
    await makeNdaInForce({ organizationId: customer.organizationId, by: customer, now });
    const isAsked = async () => (await getNdaStep({ actor: customer.actor, now, reference: opened.reference })).agreement?.needsNewSignature;
    // Several versions were published since version 1.0, none of them marked.
    expect(await isAsked()).toBe(false);
    const draftId = await draftFrom();
    await save(draftId, 1, { title: 'Marked', mark: true });
    expect((await getNdaDraft({ actor: admin.actor, now, draftId })).nextVersion).toBe('2.0');
    await publish(draftId, 2);
    expect(await getDb().ndaTemplate.findUniqueOrThrow({ where: { version: '2.0' }, select: { requiresNewSignature: true } })).toEqual({ requiresNewSignature: true });
    expect(await isAsked()).toBe(true);
  });

  it('ends what content files publish, and a file of the same number stops no start', async () => {
    const file = { title: 'From a file', summary: 'For both.', source: 'x', sha256: 'f'.repeat(64), publishedAt: now, requiresNewSignature: false };
    const system = { kind: 'system', name: 'publish-content' } as const;
    expect(await publishNdaTemplates({ actor: system, now, templates: [{ ...file, version: '1.1' }, { ...file, version: '9.0' }] })).toEqual([]);
    await expect(publishNdaTemplates({ actor: system, now, templates: [{ ...file, version: '1.0' }] })).rejects.toThrow(/content\/nda\/1\.0\.md/);
  });
});
