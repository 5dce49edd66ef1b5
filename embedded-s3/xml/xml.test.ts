import { describe, expect, it } from 'vitest';
import { childOf, childrenOf, expectChildren, parseXml, textOf } from './parse-xml';
import { element, escapeXml, renderXml } from './write-xml';

const parse = (xml: string) => parseXml(Buffer.from(xml), 'A');

describe('reading XML', () => {
  it('reads elements, namespaces, attributes, comments, CDATA and references', () => {
    const root = parse('\uFEFF<?xml version="1.0"?>\n<!-- a --><s:A xmlns:s="x" b=\'c\'><B>1 &lt; 2 &#x41;&#66;</B><B><![CDATA[<&>]]></B><C/><!-- d --></s:A>\n');
    expect(childrenOf(root, 'B').map(({ text }) => text)).toEqual(['1 < 2 AB', '<&>']);
    expect(childOf(root, 'C')).toEqual({ name: 'C', children: [], text: '' });
    expect(textOf(root, 'D')).toBeUndefined();
  });

  it.each([
    ['an empty body', ''],
    ['another root', '<B/>'],
    ['text alone', 'hello'],
    ['an element left open', '<A><B></A>'],
    ['something behind the root', '<A/><A/>'],
    ['a DTD', '<!DOCTYPE A [<!ENTITY e "x">]><A>&e;</A>'],
    ['an entity of its own', '<A>&e;</A>'],
    ['a lone ampersand', '<A>a & b</A>'],
    ['a reference beyond Unicode', '<A>&#x110000;</A>'],
    ['a reference to a surrogate', '<A>&#xd800;</A>'],
    ['nesting without end', `${'<A>'.repeat(40)}${'</A>'.repeat(40)}`],
  ])('refuses %s', (_what, xml) => {
    expect(() => parse(xml)).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseXml(Buffer.from([0x3c, 0x41, 0x3e, 0xff]), 'A')).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
  });

  it('refuses children that are unknown or twice', () => {
    expect(() => expectChildren(parse('<A><B/><C/></A>'), ['B'])).toThrow();
    expect(() => expectChildren(parse('<A><B/><B/></A>'), ['B'])).toThrow();
    expect(() => expectChildren(parse('<A>text<B/></A>'), ['B'])).toThrow();
    expectChildren(parse('<A><B/><B/></A>'), [], ['B']);
  });
});

describe('writing XML', () => {
  it('reads back what it wrote, control characters too', () => {
    const text = 'a<b>&"\u0000\u0001\r\n\t\u007f\uFFFEü😀';
    expect(textOf(parseXml(Buffer.from(renderXml(element('A', [element('B', text)]))), 'A'), 'B')).toBe(text);
    expect(escapeXml('\u0001')).toBe('&#x1;');
  });
});
