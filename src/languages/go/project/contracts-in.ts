import type { Contract } from "../../language.ts";

const INTERFACE = /^(?:type[ \t]+|[ \t]+)(\w+)(?:\[[^\]\n]*\])?[ \t]+interface[ \t]*\{/gm;

/** The interfaces that a Go text declares, with their own methods, as gofmt lays them out: nothing is parsed. */
export function contractsIn(text: string): readonly Contract[] {
  return [...text.matchAll(INTERFACE)].map(({ 0: head, 1: name = "", index }) => {
    const start = index + head.length;
    const end = /\n[ \t]*\}/.exec(text.slice(start))?.index ?? 0;
    const body = text.slice(start, start + end);
    const members = [...body.matchAll(/^[ \t]+(\w+)\(/gm)].map(([, member = ""]) => member);
    return { name, members };
  });
}
