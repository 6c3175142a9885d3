/**
 * Proves the kernels of Go bugs with the Go toolchain: the buggy twin goes wrong in some run, the fixed one in none.
 *
 *     node dist/scripts/verify-kernels.js [NAME…]    proves these, or all that changed since, and writes their proof.json
 *     node dist/scripts/verify-kernels.js --check    proves all that this toolchain can, and compares with the proofs
 *
 * A kernel is a folder of test/kernels/go with `buggy/` and `fixed/`, each a package with a function `Run`, kernel.json and proof.json.
 * Without Go, `--check` compares the hashes alone, and says what it could not prove.
 */
import { execFile, spawnSync } from "node:child_process";
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
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

const KERNELS = "test/kernels/go";
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

async function main(named: readonly string[], isCheck: boolean): Promise<void> {
  const toolchain = goVersion();
  const all = readdirSync(KERNELS).sort();
  const unknown = named.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`no kernel in ${KERNELS} is named ${unknown.join(", ")}`);
  const names = named.length > 0 ? named : all.filter((name) => isCheck || !isProven(name));
  const complaints: string[] = [];
  const unproven: string[] = [];
  const queue = names.values();
  // Twins that hang or leak are waited for: most of the time no processor is used.
  const workers = Array.from({ length: 3 * availableParallelism() }, async () => {
    for (const name of queue) {
      const folder = join(KERNELS, name);
      const kernel = readJson<Kernel>(join(folder, "kernel.json"));
      if (isCheck && !isProven(name)) complaints.push(`${name}: changed since it was proven`);
      if (!toolchain || isOlder(toolchain, kernel.go)) {
        unproven.push(`${name} (needs Go ${kernel.go})`);
        continue;
      }
      const complaint = await disprove(folder, kernel);
      if (complaint) complaints.push(`${name}: ${complaint}`);
      else if (!isCheck)
        writeProof(folder, { toolchain, sources: hashSources(folder), outcome: kernel.outcome });
    }
  });
  await Promise.all(workers);
  for (const complaint of complaints) console.error(complaint);
  for (const name of unproven) console.log(`not proven here: ${name}`);
  console.log(
    `${names.length - unproven.length} of ${all.length} kernels tried with ${toolchain ?? "no Go"}, ${complaints.length} complaints`,
  );
  process.exitCode = complaints.length > 0 ? 1 : 0;
}

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(path, "utf8")) as Content;
}

/** Whether the sources are those of the proof. */
function isProven(name: string): boolean {
  const folder = join(KERNELS, name);
  const path = join(folder, "proof.json");
  return existsSync(path) && readJson<Proof>(path).sources === hashSources(folder);
}

function writeProof(folder: string, proof: Proof): void {
  writeFileSync(join(folder, "proof.json"), `${JSON.stringify(proof, null, 2)}\n`);
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
async function disprove(folder: string, { go, outcome }: Kernel): Promise<string | undefined> {
  const buggy = await outcomes(join(folder, "buggy"), go, outcome, (seen) => seen === outcome);
  const fixed = await outcomes(join(folder, "fixed"), go, outcome, (seen) => seen !== "fine");
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
async function outcomes(
  twin: string,
  go: string,
  wanted: Outcome,
  isLast: (seen: string) => boolean,
): Promise<string[]> {
  const scratch = mkdtempSync(join(tmpdir(), "chokepoint-kernel-"));
  try {
    cpSync(twin, join(scratch, "kernel"), { recursive: true });
    writeFileSync(join(scratch, "go.mod"), `module scratch\n\ngo ${go}\n`);
    writeFileSync(join(scratch, "main.go"), RUNNER);
    const race = wanted === "race" ? ["-race"] : [];
    const environment = { ...process.env, GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local" };
    await execFileAsync("go", ["build", ...race, "-o", "twin", "."], {
      cwd: scratch,
      env: environment,
    });
    const seen: string[] = [];
    for (let run = 0; run < RUNS && !seen.some(isLast); run++) seen.push(await runTwin(scratch));
    return seen;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function runTwin(scratch: string): Promise<string> {
  const { stdout, stderr } = await execFileAsync(join(scratch, "twin"), { timeout: 20_000 }).catch(
    (failure: { stdout: string; stderr: string }) => failure,
  );
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

const given = process.argv.slice(2);
await main(
  given.filter((argument) => argument !== "--check"),
  given.includes("--check"),
);
