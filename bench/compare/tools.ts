import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gitDirectory } from "../history-sources.ts";

/** Something that a tool says of a place. */
export interface Remark {
  /** Below the directory that it was run in. */
  readonly file: string;
  readonly line: number;
  readonly check: string;
}

/** A linter with the checks of it that are about concurrency, and how it is run. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly program: string;
  readonly words: readonly string[];
  /** What it printed, on either stream; throws where that is no report. */
  readonly read: (out: string, talk: string, directory: string) => Remark[];
  /** Whether it needs the code to build, with all that it imports. */
  readonly needsBuild: boolean;
}

const STATICCHECK = "0.8.2";
const GOLANGCI = "2.15.0";
const SEMGREP = "1.185.0";

/** The analyzers of vet about locks, goroutines, contexts, channels and atomics: `go tool vet help`. */
const VET = [
  "atomic",
  "copylocks",
  "loopclosure",
  "lostcancel",
  "sigchanyzer",
  "testinggoroutine",
  "waitgroup",
];
/** Source: https://staticcheck.dev/docs/checks. */
const CHECKS =
  "SA1015,SA1016,SA1017,SA1025,SA2000,SA2001,SA2002,SA2003,SA4011,SA5002,SA5003,SA5004";
/** Rules about concurrency of the two public collections, by the ends of their ids. */
const SEMGREP_RULES =
  /(?:hanging-goroutine|hidden-goroutine|channel-guarded-with-mutex|looppointer|exported_loop_pointer|missing-(?:r?unlock)[\w-]*|racy-[\w-]+|sync-mutex-value-copied|waitgroup-[\w-]+|invalid-usage-of-modified-variable)$/;

/** Installs the tools below a directory, once, and answers how each is run. */
export function installTools(scratch: string, clones: string | undefined): Tool[] {
  mkdirSync(scratch, { recursive: true });
  return [chokepoint(), vet(), staticcheck(scratch), golangci(scratch), semgrep(scratch, clones)];
}

function chokepoint(): Tool {
  const main = fileURLToPath(new URL("../../src/apps/cli/main.js", import.meta.url));
  const listed = execFileSync(process.execPath, [main, "rules", "--json"], { encoding: "utf8" });
  const rules = JSON.parse(listed) as { id: string; group: string }[];
  const isAbout = new Set(rules.filter(({ group }) => group !== "interfaces").map(({ id }) => id));
  return {
    name: "chokepoint",
    version: "this commit",
    program: process.execPath,
    words: [main, "lint", "--no-cache", "--quiet", "--format", "json", "."],
    needsBuild: false,
    read: (out) => {
      type Finding = { rule: string; severity: string; file: string; line: number };
      const { findings } = JSON.parse(out) as { findings: Finding[] };
      return findings
        .filter(({ rule, severity }) => severity !== "info" && isAbout.has(rule))
        .map(({ rule, file, line }) => ({ file, line, check: rule }));
    },
  };
}

function vet(): Tool {
  const version = execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
  return {
    name: "go vet",
    version,
    program: "go",
    words: ["vet", ...VET.map((name) => `-${name}`), "./..."],
    needsBuild: true,
    read: (_out, talk) =>
      talk.split("\n").flatMap((line) => {
        const groups = /^(?:vet: )?(?<file>[^\s:]+\.go):(?<line>\d+):\d+: (?<text>.*)/.exec(
          line,
        )?.groups;
        return groups ? [remark(groups["file"], groups["line"], groups["text"])] : [];
      }),
  };
}

function staticcheck(scratch: string): Tool {
  return {
    name: "staticcheck",
    version: STATICCHECK,
    program: goTool(scratch, "staticcheck", `honnef.co/go/tools/cmd/staticcheck@v${STATICCHECK}`),
    words: ["-checks", CHECKS, "-f", "json", "./..."],
    needsBuild: true,
    read: (out, _talk, directory) =>
      out
        .split("\n")
        .filter(Boolean)
        .map((line) => {
          type Problem = { code: string; location: { file: string; line: number } };
          const { code, location } = JSON.parse(line) as Problem;
          return remark(relative(directory, location.file), location.line, code);
        }),
  };
}

/** Its linters that are about concurrency or contexts; revive and gocritic with their checks about these. */
const GOLANGCI_SETTINGS = {
  version: "2",
  run: { "relative-path-mode": "wd" },
  linters: {
    default: "none",
    enable: [
      ...["govet", "staticcheck", "revive", "gocritic", "containedctx", "contextcheck"],
      ...["fatcontext", "noctx", "tparallel"],
    ],
    settings: {
      govet: { "disable-all": true, enable: VET },
      staticcheck: { checks: CHECKS.split(",") },
      revive: {
        rules: [
          "atomic",
          "datarace",
          "forbidden-call-in-wg-go",
          "range-val-in-closure",
          "waitgroup-by-value",
        ].map((name) => ({ name })),
      },
      gocritic: {
        "disable-all": true,
        "enabled-checks": ["badLock", "badSyncOnceFunc", "deferInLoop", "syncMapLoadAndDelete"],
      },
    },
  },
  issues: { "max-issues-per-linter": 0, "max-same-issues": 0 },
};

function golangci(scratch: string): Tool {
  const settings = join(scratch, "golangci.json");
  writeFileSync(settings, JSON.stringify(GOLANGCI_SETTINGS));
  return {
    name: "golangci-lint",
    version: GOLANGCI,
    program: goTool(
      scratch,
      "golangci-lint",
      `github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v${GOLANGCI}`,
    ),
    words: [
      "run",
      "--config",
      settings,
      "--output.json.path",
      "stdout",
      "--show-stats=false",
      "./...",
    ],
    needsBuild: true,
    read: (out) => {
      type Issue = { FromLinter: string; Pos: { Filename: string; Line: number } };
      const { Issues } = JSON.parse(out.split("\n")[0] ?? "") as { Issues: Issue[] | null };
      return (Issues ?? []).map(({ FromLinter, Pos }) =>
        remark(Pos.Filename, Pos.Line, FromLinter),
      );
    },
  };
}

function semgrep(scratch: string, clones: string | undefined): Tool {
  const home = join(scratch, "semgrep");
  if (!existsSync(join(home, "bin/semgrep"))) {
    execFileSync("python3", ["-m", "venv", home]);
    execFileSync(join(home, "bin/pip"), ["install", "--quiet", `semgrep==${SEMGREP}`]);
  }
  const folders = ["semgrep/semgrep-rules", "trailofbits/semgrep-rules"].map((repository) => {
    const folder = join(scratch, repository.replace("/", "-"));
    if (!existsSync(folder))
      execFileSync("git", ["clone", "--quiet", gitDirectory(repository, clones, scratch), folder]);
    return existsSync(join(folder, "go/lang")) ? join(folder, "go/lang") : join(folder, "go");
  });
  return {
    name: "semgrep",
    version: SEMGREP,
    program: join(home, "bin/semgrep"),
    words: [
      ...[
        "scan",
        "--json",
        "--quiet",
        "--metrics=off",
        "--disable-version-check",
        "--no-git-ignore",
      ],
      ...folders.flatMap((folder) => ["--config", folder]),
      ".",
    ],
    needsBuild: false,
    read: (out) => {
      type Result = { check_id: string; path: string; start: { line: number } };
      const { results } = JSON.parse(out) as { results: Result[] };
      return results
        .filter(({ check_id: check }) => SEMGREP_RULES.test(check))
        .map(({ check_id: check, path, start }) => remark(path, start.line, check));
    },
  };
}

function remark(file = "", line: string | number = 0, check = ""): Remark {
  return { file: file.replace(/^\.\//, ""), line: Number(line), check };
}

function goTool(scratch: string, name: string, source: string): string {
  const folder = resolve(scratch, "bin");
  const program = join(folder, name);
  if (!existsSync(program))
    execFileSync("go", ["install", source], {
      env: { ...process.env, GOBIN: folder },
      stdio: ["ignore", "ignore", "inherit"],
    });
  return program;
}
