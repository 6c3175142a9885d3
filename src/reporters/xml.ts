const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

/** An element with its attributes and content, which is markup already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const start = `<${name}${written.join("")}`;
  return content.length === 0 ? `${start}/>` : `${start}>${content.join("\n")}</${name}>`;
}

/** Text for an attribute or for content. XML 1.0 has no way to write other control characters, nor half a surrogate pair. */
export function escaped(value: string | number): string {
  return String(value)
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) => ENTITIES[character] ?? "\ufffd")
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
