import { describe, expect, it } from 'vitest';
import { isAppError } from '@/domain/errors';
import { loadNdaTemplates } from '@/server/content/load-nda-templates';
import { renderMarkdown } from '@/server/content/render-markdown';
import { renderAgreementPdf } from '../esign/render-agreement-pdf';
import { NDA_FIELD_LABELS, type NdaFields, ndaValues } from './nda-fields';
import { type NdaPdfTemplate } from './nda-document';
import { renderNdaPdf } from './render-nda-pdf';
import { readPdf } from './testing/read-pdf';

const fields = { vendorName: 'Example Software', governingLaw: 'the Republic of Ireland' };
const published = (): NdaPdfTemplate => {
  const template = loadNdaTemplates().at(-1);
  if (!template) throw new Error('There is no template.');
  return template;
};
const small = (body: string): NdaPdfTemplate => ({ title: 'A small agreement', version: '9.9', sha256: 'ab'.repeat(32), source: `---\ntitle: x\n---\n\n${body}\n` });
const render = async (template: NdaPdfTemplate, given: NdaFields = fields) => readPdf(await renderNdaPdf({ template, fields: given }));
const flat = (pages: readonly string[]) => pages.join('\n').replace(/\s+/g, ' ');

async function refusal(given: NdaFields) {
  const error: unknown = await renderNdaPdf({ template: small('{{organizationName}}'), fields: given }).catch((caught: unknown) => caught);
  if (!isAppError(error)) throw new Error('It was not refused with an AppError.');
  return error;
}

describe('renderNdaPdf', () => {
  it('gives a PDF of several pages, each with title, version, hash of the template and its number', async () => {
    const template = published();
    const bytes = await renderNdaPdf({ template, fields });
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    const { pages } = readPdf(bytes);
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, index) => {
      expect(page).toContain(template.title);
      expect(page).toContain(`Version ${template.version}`);
      expect(page).toContain(template.sha256);
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    });
  });

  it('is tagged, says its language and title, and claims PDF/UA', async () => {
    const { raw, structure } = await render(published());
    expect(raw).toContain('/Marked true');
    expect(raw).toContain('/Lang (en-GB)');
    expect(raw).toContain('/DisplayDocTitle true');
    expect(raw).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(structure).toMatchObject({ Document: 1, H1: 1, Table: 2 });
    expect(structure.H2).toBeGreaterThan(13);
    expect(structure.LI).toBe(structure.LBody);
    expect(structure.L).toBe(3);
  });

  it('embeds its fonts and uses none of the viewer', async () => {
    const { raw } = await render(published());
    expect(raw).not.toContain('/Type1');
    expect(raw.match(/\/FontFile2 /g)?.length).toBeGreaterThanOrEqual(3);
  });

  it('draws every word of the template, in its order', async () => {
    const template = published();
    const { pages } = await render(template, Object.fromEntries([...Object.keys(NDA_FIELD_LABELS)].map((name) => [name, 'Given'])) as NdaFields);
    const drawn = flat(pages.map((page) => page.split(`Page ${pages.indexOf(page) + 1} of`)[0] ?? '')).replaceAll('’', '\'');
    const words = template.source.split('\n').filter((line) => /^\d+\.\d+ |^\([a-z]\) /.test(line)).map((line) => line.replaceAll('**', ''));
    expect(words.length).toBeGreaterThan(50);
    const plain = (text: string) => text.replace(/\s+/g, '');
    const missing = words.filter((line) => !plain(drawn).includes(plain(line)) && !acrossPages(plain(drawn), plain(line)));
    expect(missing).toEqual([]);
  });

  it('fills the fields in, with names of any Latin script and in Cyrillic', async () => {
    const given = { ...fields, organizationName: 'Zoë Žižek & Łukasz Đặng', caseReference: 'AL-7K3M-Q2ZD', customerSignatoryName: 'Юлия Øster', courts: 'The courts of Dublin' };
    const text = flat((await render(published(), given)).pages);
    for (const expected of ['Example Software', 'The laws of the Republic of Ireland', 'Zoë Žižek & Łukasz Đặng', 'The Case with the reference AL-7K3M-Q2ZD', 'Юлия Øster', 'The courts of Dublin']) {
      expect(text).toContain(expected);
    }
    expect(text).not.toContain('\uFFFD');
  });

  it.each(['田中 太郎', 'Zoë 田中', 'Αθήνα', 'Łukasz Đặng'])('draws %s, each letter with a font that has it', async (organizationName) => {
    const { pages, raw } = await render(small('{{organizationName}}'), { ...fields, organizationName });
    expect(flat(pages).replace(/ /g, '')).toContain(organizationName.replace(/ /g, ''));
    expect(raw).not.toContain('\uFFFD');
  });

  it('leaves an open field as a ruled line that is named for who cannot see it', async () => {
    const { raw, pages } = await render(published());
    expect(raw).toContain('/Alt (Customer: to be filled in)');
    expect(raw).toContain('/Alt (Signature for the Customer: to be filled in)');
    expect(flat(pages)).not.toContain('{{');
    expect(flat((await render(small('Under the laws of {{courts}}.'))).pages)).toContain('____________________ (Courts)');
  });

  it('takes a combining mark for the letter that it makes', async () => {
    expect(flat((await render(small('{{organizationName}}'), { ...fields, organizationName: 'Zoe\u0308\n  Z\u030Ci\u0301' })).pages)).toContain('Zoë Ží');
  });

  it.each([
    ['a right-to-left script', 'شركة', 'characters ش (U+0634), ر (U+0631), ك (U+0643), ة (U+0629) cannot'],
    ['another that runs so', 'דוד', 'characters ד (U+05D3), ו (U+05D5) cannot'],
    ['a script that has to be shaped', 'अनु', 'characters अ (U+0905), न (U+0928), U+0941 cannot'],
    ['emoji', 'Acme 🚀', 'character 🚀 (U+1F680) cannot'],
    ['a direction mark', 'Acme \u202Egnp.exe', 'character U+202E cannot'],
    ['a zero-width joiner', 'Ac\u200Dme', 'U+200D'],
    ['NUL', 'Ac\0me', 'character U+0000 cannot'],
  ])('asks for a Latin form of %s and prints no empty box', async (_what, organizationName, named) => {
    const error = await refusal({ ...fields, organizationName });
    expect(error.code).toBe('validation_failed');
    expect(error.fields).toHaveLength(1);
    expect(error.fields[0]?.path).toBe('organizationName');
    expect(error.fields[0]?.message).toContain(named);
    expect(error.fields[0]?.message).toMatch(/^Customer: the characters? .* cannot be printed in the agreement\. Write it in Latin letters\.$/);
  });

  it('refuses a value above 300 characters, and takes 300 without a space', async () => {
    expect((await refusal({ ...fields, organizationName: 'x'.repeat(301) })).fields[0]?.message).toContain('300');
    const { pages } = await render(small('{{organizationName}}'), { ...fields, organizationName: 'x'.repeat(300) });
    expect(pages.join('').match(/x/g)).toHaveLength(300);
  });

  it('refuses a template that names an unknown field or holds what the PDF does not draw', async () => {
    await expect(renderNdaPdf({ template: small('{{constructor}}'), fields })).rejects.toThrow('not a field');
    await expect(renderNdaPdf({ template: small('```\ncode\n```'), fields })).rejects.toThrow('does not draw');
    await expect(renderNdaPdf({ template: small('A ש character.'), fields })).rejects.toThrow('U+05E9');
  });

  it('lets no single line of a clause stand alone on a page', async () => {
    const clause = (number: number) => `1.${number} ${'A sentence of some length that fills its line. '.repeat(5)}`;
    const { pages } = await render(small(Array.from({ length: 40 }, (_, index) => clause(index + 1)).join('\n\n')));
    expect(pages.length).toBeGreaterThan(2);
    const isNumber = (piece: string | undefined) => /^\d+\.\d+$/.test(piece ?? '');
    for (const page of pages) {
      // Header and footer are drawn last: five pieces.
      const body = page.split('\n').slice(0, -5);
      expect(isNumber(body.at(-2)), 'the first line of a clause stays behind').toBe(false);
      expect(!isNumber(body[0]) && isNumber(body[1]), 'the last line of a clause stands ahead').toBe(false);
    }
  });
});

describe('the agreement before anybody signed', () => {
  it.each([1, 75])('keeps the heading of the signatures with their fields, however long the names are: four letters, %i times', async (times) => {
    const name = '田中太郎'.repeat(times);
    const party = { organization: name, name, title: 'Managing Director', email: 'signatory@customer.example' };
    for (const lines of [10, 16, 24]) {
      const source = `${Array.from({ length: lines }, () => 'One line.').join('\n\n')}\n\n## Signatures\n\n| | V | C |\n| --- | --- | --- |\n| Signature | {{vendorSignature}} | {{customerSignature}} |\n`;
      const { pages } = readPdf(Buffer.from(await renderAgreementPdf({ template: small(source), fields, agreementId: 'a-1', verifyUrl: 'https://portal.example/verify', evidence: [], parties: { customer: party, vendor: { organization: 'Example' } } })));
      expect(pages.findIndex((page) => /^Signatures$/m.test(page)), `${lines} lines`).toBe(pages.findIndex((page) => /^For the Vendor$/m.test(page)));
    }
  });
});

/** A clause that runs over a page: its two parts stand at the end of one page and the start of the next, with the heads between. */
function acrossPages(drawn: string, line: string): boolean {
  for (let cut = 1; cut < line.length; cut += 1) {
    const at = drawn.indexOf(line.slice(0, cut));
    if (at === -1) return false;
    if (drawn.includes(line.slice(cut), at + cut)) return true;
  }
  return false;
}

describe('the fields of the template', () => {
  it('are exactly the placeholders of the published text', () => {
    const used = new Set([...published().source.matchAll(/\{\{([a-zA-Z]+)\}\}/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(NDA_FIELD_LABELS).sort());
  });

  it('can be read as a page with the open ones named', () => {
    const { html } = renderMarkdown({ source: published().source, values: ndaValues(fields), blanks: NDA_FIELD_LABELS });
    expect(html).toContain('Customer&#39;s registered address: to be filled in');
    expect(html).toContain('Example Software');
  });

  it('make the scope from the reference of a case, unless a scope is given', () => {
    expect(ndaValues({ ...fields, caseReference: 'AL-1' }).scope).toBe('The Case with the reference AL-1');
    expect(ndaValues({ ...fields, caseReference: 'AL-1', scope: 'All Cases' }).scope).toBe('All Cases');
    expect(ndaValues({ ...fields, organizationName: ' \n ' })).toEqual(fields);
  });
});
