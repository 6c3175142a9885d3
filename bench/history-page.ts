import type { Answer } from "./history-answers.ts";

/** The page docs/history.md. */
export function historyPage(answers: readonly Answer[]): string {
  const rows = answers.map(({ entry, found, stays }) => [
    `[${entry.repository} ${entry.fix.slice(0, 8)}](https://github.com/${entry.repository}/commit/${entry.fix})`,
    `${entry.file}:${entry.line}`,
    entry.fault,
    found ? `\`${found.rule}\`` : "–",
    found ? (stays ? "no" : "yes") : "",
  ]);
  return [
    "# Fixes of the past",
    "",
    "Written by `node dist/bench/history.js --write docs/history.md` from `bench/history.json`: faults that were fixed in public",
    "repositories, from 2021 on. The package is linted as it was in the parent of the fix, where the fault should be commented on,",
    "and as it was after it, where it should not. Only what the package's own files show is seen.",
    "",
    ...summary(answers),
    "",
    "| fix | place | fault | found by | silent after |",
    "|---|---|---|---|---|",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
    "",
  ].join("\n");
}

function summary(answers: readonly Answer[]): string[] {
  const languages = [
    { name: "Go", answers: answers.filter(({ entry }) => entry.file.endsWith(".go")) },
    { name: "TypeScript", answers: answers.filter(({ entry }) => !entry.file.endsWith(".go")) },
  ];
  return [
    "| language | fixes | found before | of these silent after |",
    "|---|---|---|---|",
    ...languages.map(({ name, answers: some }) => {
      const found = some.filter((answer) => answer.found);
      const silent = found.filter(({ stays }) => !stays);
      return `| ${name} | ${some.length} | ${found.length} | ${silent.length} |`;
    }),
  ];
}
