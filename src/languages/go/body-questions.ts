import type { Snapshot } from "../../core/snapshot.ts";
import { goFilesIn } from "./package.ts";

/**
 * What somebody wants to know about the bodies of a package that is not judged: which of its files say something, tests
 * included. Whoever asked is judged again when these are others, or one of them changes, and not for the rest.
 */
export function bodyQuestion(directory: string, saying: RegExp): string {
  return JSON.stringify([directory, saying.source, saying.flags]);
}

/** Matches where a name stands by itself. */
export function naming(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, "u");
}

/** Many units ask the same. */
const known = new WeakMap<Snapshot, Map<string, string>>();

/** The paths in an answer. */
export function pathsIn(answer: string): readonly string[] {
  return JSON.parse(answer) as readonly string[];
}

/** Answers `bodyQuestion`s with the paths of the files that say it. */
export function answersAboutBodies(snapshot: Snapshot): (question: string) => string {
  const answers = known.get(snapshot) ?? new Map<string, string>();
  known.set(snapshot, answers);
  return (question) => {
    const given = answers.get(question);
    if (given !== undefined) return given;
    const [directory, source, flags] = JSON.parse(question) as [string, string, string];
    const saying = new RegExp(source, flags);
    const answer = JSON.stringify(
      goFilesIn(directory, snapshot).filter((path) => saying.test(snapshot.read(path) ?? "")),
    );
    answers.set(question, answer);
    return answer;
  };
}
