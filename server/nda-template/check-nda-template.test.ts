import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitFrontMatter } from '../content/parse-document';
import { renderMarkdown } from '../content/render-markdown';
import { renderAgreementPdf } from '../esign/render-agreement-pdf';
import { NDA_FIELD_LABELS } from '../nda/nda-fields';
import { checkNdaTemplate } from './check-nda-template';

const shipped = splitFrontMatter(readFileSync(path.join(import.meta.dirname, '../../content/nda/1.0.md'), 'utf8')).body.trimStart();
const SIGNATURES = '| | Vendor | Customer |\n| --- | --- | --- |\n| Signature | {{vendorSignature}} | {{customerSignature}} |\n';
const PARTIES = '1.1 {{vendorName}} and {{organizationName}} agree for {{scope}}, {{term}}, under {{governingLaw}}.\n\n';
const problems = (body: string, more: { title?: string; summary?: string } = {}) => checkNdaTemplate({ title: 'An agreement', summary: 'For both.', body, ...more });
const messages = (body: string) => problems(body).map(({ line, message }) => `${line ?? '-'}: ${message}`);

describe('a text for the template', () => {
  it('has no problem where it is the one that came with the portal, or says the least that it has to', () => {
    expect(problems(shipped)).toEqual([]);
    expect(problems(PARTIES + SIGNATURES)).toEqual([]);
  });

  it('that has no problem can be shown and drawn to be signed', async () => {
    const body = `${PARTIES}## 2. *Notices* to 東京\n\n(a) **Write** to https://vendor.example or a@vendor.example;\n\n(b) keep it.\n\n${SIGNATURES}`;
    expect(problems(body)).toEqual([]);
    expect(renderMarkdown({ source: body, values: {}, blanks: NDA_FIELD_LABELS }).html).toContain('<h2');
    const template = { title: 'An agreement', version: '1.1', sha256: 'ab'.repeat(32), source: body };
    const pdf = await renderAgreementPdf({ template, fields: { vendorName: 'Example', governingLaw: 'Ireland' }, agreementId: 'a-1', verifyUrl: 'https://portal.example/verify', evidence: [], parties: { customer: { organization: 'Acme' }, vendor: { organization: 'Example' } } });
    expect(Buffer.from(pdf).toString('latin1').match(/\/FT \/Sig/g)).toHaveLength(3);
  }, 30_000);

  it('names fields that are unknown, badly written or missing', () => {
    expect(messages(`1.1 {{vendorname}} {{constructor}} and {{ term }} of {{organizationName}\n\n${SIGNATURES}`)).toEqual([
      '1: {{vendorname}} is not a field. The fields are listed below the text.',
      '1: {{constructor}} is not a field. The fields are listed below the text.',
      '1: A field is written as its name in two braces on each side, such as {{term}}.',
      ...['{{vendorName}} (Vendor)', '{{organizationName}} (Customer)', '{{scope}} (Scope)', '{{term}} (Term)', '{{governingLaw}} (Governing law)'].map((field) => `-: The field ${field} is missing.`),
    ]);
  });

  it('has one place to sign', () => {
    const expected = ['-: One table has to hold both {{vendorSignature}} and {{customerSignature}}: there the parties sign.'];
    for (const body of [PARTIES, `${PARTIES}{{vendorSignature}} {{customerSignature}}\n`, `${PARTIES}${SIGNATURES}\n${SIGNATURES}`, PARTIES + SIGNATURES.replace('{{vendorSignature}}', 'x')]) expect(messages(body)).toEqual(expected);
  });

  it.each([
    ['<script>alert(1)</script>\n\n', 'HTML is not taken'],
    ['A <b onclick="x">bold</b> word.\n\n', 'HTML is not taken'],
    ['<!-- unseen -->\n\n', 'HTML is not taken'],
    ['![A picture](https://example.com/x.png)\n\n', 'A picture is not taken'],
    ['[here](javascript:alert(1))\n\n', 'A link is not taken in an agreement. Write the address itself.'],
    ['- one\n- two\n\n', 'A list with dots or numbers is not taken'],
    ['> said\n\n', 'A quotation is not taken'],
    ['```\n{{term}}\n```\n\n', 'A block of code is not taken'],
    ['`{{term}}`\n\n', 'Code is not taken'],
    ['~~gone~~\n\n', 'Struck-out text is not taken'],
    ['# Another title\n\n', 'Begin a heading with "##"'],
    ['| a | b | c | d | e |\n| - | - | - | - | - |\n| 1 | 2 | 3 | 4 | 5 |\n\n', 'A table has two to four columns.'],
    ['The word שלום.\n\n', 'U+05E9, U+05DC, U+05D5, U+05DD cannot be printed'],
    ['Launch 🚀.\n\n', 'U+1F680 cannot be printed'],
  ])('refuses %j and says on which line', (part, message) => {
    expect(messages(`${PARTIES}${part}${SIGNATURES}`)).toContainEqual(expect.stringMatching(new RegExp(`^3: .*${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)));
  });

  it('is told of the row of a table', () => {
    expect(messages(`${PARTIES}${SIGNATURES.replace('Signature', '<b>Signature</b>')}`)).toEqual(['5: HTML is not taken in an agreement.']);
  });

  it('has a title and a summary that can be printed, without fields', () => {
    expect(problems(PARTIES + SIGNATURES, { title: 'For {{organizationName}}', summary: 'قصير' }).map(({ message }) => message)).toEqual(['A field cannot stand in the title.', expect.stringContaining('In the summary: U+0642')]);
  });

  it('is not looked at without end', () => {
    expect(problems('{{x}} <b>\n\n'.repeat(1000))).toHaveLength(30);
  });
});
