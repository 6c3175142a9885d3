/**
 * Proves the kernels of Go bugs with the Go toolchain: the buggy twin goes wrong in some run, the fixed one in none.
 *
 *     node dist/scripts/verify-kernels.js            proves all, writes test/kernels/proofs.json
 *     node dist/scripts/verify-kernels.js --check    proves what this toolchain can, and compares with proofs.json
 *
 * A kernel is a folder of test/kernels/go with `buggy/` and `fixed/`, each a package with a function `Run`, and kernel.json.
 * Without Go, `--check` compares the hashes alone, and says what it could not prove.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const KERNELS = "test/kernels/go";
const PROOFS = "test/kernels/proofs.json";
const RUNS = 12;

/** How the buggy twin goes wrong. leak: `Run` returns and a goroutine of it waits on. */
type Outcome = "hang" | "leak" | "panic" | "race";

interface Kernel {
  /** Oldest Go version that the kernel needs, such as `1.22`. */
  readonly go: string;
  readonly outcome: Outcome;
}

interface Proof {
  readonly toolchain: string;
  readonly sources: string;
  readonly outcome: Outcome;
}

function main(isCheck: boolean): void {
  const toolchain = goVersion();
  const names = readdirSync(KERNELS).sort();
  const proofs = existsSync(PROOFS)
    ? (JSON.parse(readFileSync(PROOFS, "utf8")) as Record<string, Proof>)
    : {};
  const complaints: string[] = [];
  const unproven: string[] = [];
  const proven: Record<string, Proof> = {};
  for (const name of names) {
    const folder = join(KERNELS, name);
    const kernel = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as Kernel;
    const sources = hashSources(folder);
    if (isCheck && proofs[name]?.sources !== sources)
      complaints.push(`${name}: changed since it was proven`);
    if (!toolchain || isOlder(toolchain, kernel.go)) {
      unproven.push(`${name} (needs Go ${kernel.go})`);
      continue;
    }
    const complaint = disprove(folder, kernel);
    if (complaint) complaints.push(`${name}: ${complaint}`);
    proven[name] = { toolchain, sources, outcome: kernel.outcome };
  }
  if (!isCheck) writeFileSync(PROOFS, `${JSON.stringify(proven, null, 2)}\n`);
  for (const complaint of complaints) console.error(complaint);
  for (const name of unproven) console.log(`not proven here: ${name}`);
  console.log(
    `${Object.keys(proven).length} of ${names.length} kernels tried with ${toolchain ?? "no Go"}, ${complaints.length} complaints`,
  );
  process.exitCode = complaints.length > 0 ? 1 : 0;
}

function goVersion(): string | undefined {
  const { status, stdout } = spawnSync("go", ["env", "GOVERSION"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

function isOlder(toolchain: string, wanted: string): boolean {
  const numbers = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);
  const [major = 0, minor = 0] = numbers(toolchain);
  const [wantedMajor = 0, wantedMinor = 0] = numbers(wanted);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

function hashSources(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".go"),
  );
  for (const file of files.sort())
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}

/** What speaks against the kernel; undefined when both twins behave as they should. */
function disprove(folder: string, { go, outcome }: Kernel): string | undefined {
  const buggy = outcomes(join(folder, "buggy"), go, outcome, (seen) => seen === outcome);
  const fixed = outcomes(join(folder, "fixed"), go, outcome, (seen) => seen !== "fine");
  if (!buggy.includes(outcome))
    return `the buggy twin was to ${outcome}, and in ${RUNS} runs did: ${tally(buggy)}`;
  if (fixed.some((seen) => seen !== "fine")) return `the fixed twin did: ${tally(fixed)}`;
  return undefined;
}

function tally(seen: readonly string[]): string {
  return [...new Set(seen)]
    .map((one) => `${one} × ${seen.filter((other) => other === one).length}`)
    .join(", ");
}

/** Builds a twin and runs it until an outcome ends the search. */
function outcomes(
  twin: string,
  go: string,
  wanted: Outcome,
  isLast: (seen: string) => boolean,
): string[] {
  const scratch = mkdtempSync(join(tmpdir(), "chokepoint-kernel-"));
  try {
    cpSync(twin, join(scratch, "kernel"), { recursive: true });
    writeFileSync(join(scratch, "go.mod"), `module scratch\n\ngo ${go}\n`);
    writeFileSync(join(scratch, "main.go"), RUNNER);
    const race = wanted === "race" ? ["-race"] : [];
    const environment = { ...process.env, GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local" };
    execFileSync("go", ["build", ...race, "-o", "twin", "."], {
      cwd: scratch,
      env: environment,
      stdio: "pipe",
    });
    const seen: string[] = [];
    for (let run = 0; run < RUNS && !seen.some(isLast); run++) seen.push(runTwin(scratch));
    return seen;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function runTwin(scratch: string): string {
  const { stdout, stderr } = spawnSync(join(scratch, "twin"), {
    encoding: "utf8",
    timeout: 20_000,
  });
  if (stderr.includes("WARNING: DATA RACE")) return "race";
  if (stderr.includes("all goroutines are asleep - deadlock!")) return "hang";
  if (/^(panic|fatal error):/m.test(stderr)) return "panic";
  return stdout.trim() || "silent";
}

/** Runs the kernel under a watch: `hang` after two seconds, `leak` when goroutines of it stay. */
const RUNNER = `package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"scratch/kernel"
)

func main() {
	done := make(chan struct{})
	go func() {
		kernel.Run()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(2 * time.Second):
		fmt.Println("hang")
		os.Exit(0)
	}
	for i := 0; i < 20; i++ {
		time.Sleep(25 * time.Millisecond)
		if !strings.Contains(stacks(), "scratch/kernel") {
			fmt.Println("fine")
			os.Exit(0)
		}
	}
	fmt.Println("leak")
}

func stacks() string {
	buffer := make([]byte, 1<<20)
	return string(buffer[:runtime.Stack(buffer, true)])
}
`;

main(process.argv.includes("--check"));
