import { describe, expect, it } from "vitest";
import {
  fenced,
  inlineCode,
  mermaidText,
  neutralText,
  sentence,
} from "../../src/review/neutral-text.ts";

describe("text of a repository in a comment", () => {
  it("mentions nobody, and refers to nothing", () => {
    expect(neutralText("ask @octocat and @org/team")).not.toMatch(/@[\w]/);
    expect(neutralText("fixes #12 and GH-7")).not.toMatch(/#\d|GH-\d/);
    expect(neutralText("see https://evil.example and www.evil.example")).not.toMatch(
      /https?:|www\./,
    );
    expect(neutralText("0123456789abcdef0123456789abcdef01234567")).not.toMatch(/\b[\da-f]{40}\b/);
  });

  it("is no markdown and no HTML", () => {
    expect(neutralText("**a** `b` [c](d) ~e~ | <img src=x> &lt; $m$")).toBe(
      "\\*\\*a\\*\\* \\`b\\` \\[c\\](d) \\~e\\~ \\| &lt;img src=x\\> &amp;lt; \\$m\\$",
    );
    expect(neutralText("a\n\n# b\r\u202e")).toBe("a # b ");
  });

  it("keeps plain names as they are", () => {
    expect(neutralText("send on h.events blocks while h.mu is held")).toBe(
      "send on h.events blocks while h.mu is held",
    );
  });

  it.each([
    [
      "c.mu stays locked when (*Conn).Set returns here",
      "`c.mu` stays locked when `(*Conn).Set` returns here",
    ],
    ["nobody waits for read() (once, or twice)", "nobody waits for `read()` (once, or twice)"],
    [
      "cacheMu, s.byName[key] and this.#acks: gone.",
      "`cacheMu`, `s.byName[key]` and `this.#acks`: gone.",
    ],
    ["the WaitGroup of one function. A test", "the WaitGroup of one function. A test"],
    ["x.y`z` and <b.c> and a@b.c", "x.y\\`z\\` and &lt;`b.c`\\> and a@\u200bb.c"],
    ["err is written; lib/socket.ts is not", "err is written; lib/socket.ts is not"],
  ])("shows names as code: %s", (text, shown) => {
    expect(sentence(text)).toBe(shown);
  });

  it("stays inside its code span and its fence, whatever backticks it has", () => {
    expect(inlineCode("a`b``c")).toBe("```a`b``c```");
    expect(inlineCode("`x`")).toBe("`` `x` ``");
    expect(fenced("go", "```\nx\n")).toBe("````go\n```\nx\n````");
  });

  it("cannot end a line, a label or the fence of a diagram", () => {
    const text = mermaidText('a;b#c:"`d`<script>\n%%{init}');
    expect(text.replace(/#\d+;/g, "")).not.toMatch(/[;#"`<>\n%{}]/);
    expect(text.replace(/#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toBe(
      'a;b#c:"`d`<script> %%{init}',
    );
  });
});
