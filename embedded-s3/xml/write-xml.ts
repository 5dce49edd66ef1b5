/** An element; its content is text, or child elements. */
export interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  content: string | XmlNode[];
}

type Child = XmlNode | undefined | false;

export const S3_NAMESPACE = { xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/' };

/** Children that are undefined or false are left out. Numbers and booleans become text. */
export function element(name: string, content: string | number | boolean | Child[] = [], attributes: Record<string, string> = {}): XmlNode {
  if (Array.isArray(content)) return { name, attributes, content: content.filter((child): child is XmlNode => Boolean(child)) };
  return { name, attributes, content: String(content) };
}

const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Escapes text. Control characters, which XML 1.0 cannot hold, become numeric references as S3 writes them, because an
 * object key may contain any of them; carriage return and line feed too, so that a parser does not fold them.
 */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"\p{Cc}\ufffe\uffff]/gu, (character) => NAMED[character] ?? `&#x${character.codePointAt(0)!.toString(16)};`);
}

function renderNode(node: XmlNode): string {
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('');
  const content = typeof node.content === 'string' ? escapeXml(node.content) : node.content.map(renderNode).join('');
  return content === '' ? `<${node.name}${attributes}/>` : `<${node.name}${attributes}>${content}</${node.name}>`;
}

export function renderXml(root: XmlNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderNode(root)}`;
}
