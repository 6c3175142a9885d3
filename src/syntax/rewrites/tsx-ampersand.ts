import { type Replacement, type Rewrite, spansOfGroup } from "./rewrite.ts";

/** `<a href="?x=1&y=2">`, `<b>you & me</b>`: the grammar wants an `&` of JSX to begin an entity; it is read as a letter. */
export const tsxAmpersand: Rewrite = {
  name: "tsx-ampersand",
  hint: "&",
  find(text) {
    const found: Replacement[] = [];
    for (const { start, end } of spansOfGroup(text, textWithAmpersand)) {
      for (const { index } of text.slice(start, end).matchAll(/&/g)) {
        found.push({ start: start + index, end: start + index + 1, text: "_" });
      }
    }
    return found;
  },
};

/** The value of an attribute, or what stands between a tag and the next on one line. */
const textWithAmpersand = /((?<==\s{0,20})"[^"\n]{0,2000}"|(?<=>)[^<>{}\n]{1,2000}(?=<))/dg;
