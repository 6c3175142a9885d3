import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textOf } from "./code.ts";
import type { GoCase } from "./generate.ts";

/** What a program did in many runs, as `place` or `place after`, where the function itself had returned. */
export interface Observed {
  /** Where somebody waited when nobody could move any more. */
  readonly stuck: ReadonlySet<string>;
  /** Where it panicked. */
  readonly panics: ReadonlySet<string>;
  /** Runs in which nothing came to rest. */
  readonly endless: number;
}

/** Programs built into one binary, each of which can be run by its number. */
export interface GoPrograms {
  run(index: number, rounds: number): Observed;
  close(): void;
}

/** What the programs call; read by both sides. Places in it count as well. */
export const SUPPORT = `package cases

import (
	"errors"
	"math/rand/v2"
)

func flip() bool { return rand.IntN(2) == 0 }

func fail() error {
	if flip() {
		return nil
	}
	return errors.New("failed")
}

func emit(c chan int) {
	c <- 1
}

func take(c chan int) int {
	return <-c
}
`;

/** Whether Go is here, of a version that has \`wg.Go\`. */
export function hasGo(): boolean {
  const { stdout } = spawnSync("go", ["env", "GOVERSION"], { encoding: "utf8" });
  return Number(/^go1\.(\d+)/.exec(stdout ?? "")?.[1] ?? 0) >= 25;
}

export function buildGo(cases: readonly GoCase[]): GoPrograms {
  const scratch = mkdtempSync(join(tmpdir(), "chokepoint-oracle-"));
  mkdirSync(join(scratch, "cases"));
  const write = (name: string, text: string) => writeFileSync(join(scratch, name), text);
  write("go.mod", "module scratch\n\ngo 1.25\n");
  write("main.go", RUNNER);
  write("cases/support.go", SUPPORT);
  write("cases/turns.go", turnsOf(cases));
  for (const { name, code } of cases) write(`cases/${name}.go`, textOf(code, true));
  const environment = { ...process.env, GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local" };
  const built = spawnSync("go", ["build", "-o", "programs", "."], {
    cwd: scratch,
    env: environment,
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(`the generated programs don't compile:\n${built.stderr}`);
  return {
    run: (index, rounds) => observe(join(scratch, "programs"), index, rounds),
    close: () => rmSync(scratch, { recursive: true }),
  };
}

/** Goroutines that are stuck stay, and make the next look at all of them longer. */
const ROUNDS_OF_PROCESS = 40;

/** A process that panics in its first round costs as much as these. */
const ROUNDS_OF_PANIC = 4;

/** A panic ends the process: then another one goes on with the rounds that are left. */
function observe(program: string, index: number, rounds: number): Observed {
  const stuck = new Set<string>();
  const panics = new Set<string>();
  let endless = 0;
  for (let left = rounds; left > 0; ) {
    const asked = Math.min(left, ROUNDS_OF_PROCESS);
    const { stdout, stderr } = spawnSync(program, [String(index), String(asked)], {
      encoding: "utf8",
      timeout: 60_000,
    });
    for (const line of stdout.split("\n")) {
      const [word, ...places] = line.split(" ");
      if (word === "stuck") for (const place of places) stuck.add(place.replace("!", " after"));
      if (word === "endless") endless++;
    }
    const panic = panicIn(stderr);
    // A group that is used again too early says so when it notices, and `wg.Go` counts down in no place of the program.
    const isElsewhere = panic === "nowhere" || /WaitGroup (misuse|is reused)/.test(stderr);
    if (panic !== undefined && !isElsewhere) panics.add(panic);
    if (panic === undefined && stderr) throw new Error(stderr);
    left -= panic === undefined ? asked : ROUNDS_OF_PANIC;
  }
  return { stuck, panics, endless };
}

function panicIn(stderr: string): string | undefined {
  if (!/^panic: /m.test(stderr)) return undefined;
  return /\/cases\/(\w+\.go:\d+)/.exec(stderr)?.[1] ?? "nowhere";
}

/** The bookkeeping of a run, in the package of the programs. */
function turnsOf(cases: readonly GoCase[]): string {
  return `package cases

import (
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"time"
)

// All programs by their numbers.
var All = []func(){${cases.map(({ name }) => name).join(", ")}}

// Names of their frames.
var Names = []string{${cases.map(({ name }) => `"cases.${name}("`).join(", ")}}

// Live goroutines of the round.
var Live atomic.Int64

var delays [512]int64
var mode int

// Prepare deals who is slow in the next round, and where.
func Prepare() {
	mode = rand.IntN(4)
	share := rand.IntN(4)
	for i := range delays {
		delays[i] = 0
		if rand.IntN(4) <= share {
			delays[i] = int64(rand.IntN(4)) * 30_000
		}
	}
}

func turn(place int) {
	switch mode {
	case 0:
		if rand.IntN(2) == 0 {
			runtime.Gosched()
		}
	case 1:
		if rand.IntN(4) == 0 {
			time.Sleep(time.Duration(rand.IntN(100)) * time.Microsecond)
		}
	default:
		if delay := delays[place%len(delays)]; delay > 0 {
			for start := time.Now(); time.Since(start) < time.Duration(delay); {
				runtime.Gosched()
			}
		}
	}
}

func begin() { Live.Add(1) }
func end()   { Live.Add(-1) }
`;
}

const RUNNER = `package main

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"time"

	"scratch/cases"
)

var (
	header = regexp.MustCompile(\`^goroutine (\\d+) [^\\[]*\\[([^\\],]*)\`)
	place  = regexp.MustCompile(\`/cases/(\\w+\\.go:\\d+)\`)
	old    = map[string]bool{}
	buffer = make([]byte, 1<<22)
)

func main() {
	index, _ := strconv.Atoi(os.Args[1])
	rounds, _ := strconv.Atoi(os.Args[2])
	seen := map[string]bool{}
	for round := 1; round <= rounds; round++ {
		cases.Prepare()
		cases.Live.Store(1)
		go func() { cases.All[index]() }()
		told := outcome(cases.Names[index])
		if told != "" && !seen[told] {
			seen[told] = true
			fmt.Println(told)
		}
	}
}

// outcome waits until all of the round's goroutines have ended, or none of them can move.
func outcome(function string) string {
	start := time.Now()
	for pause := 200 * time.Microsecond; ; pause *= 2 {
		for check := time.Now(); time.Since(check) < pause; {
			if cases.Live.Load() == 0 {
				return ""
			}
			runtime.Gosched()
		}
		if told, isAtRest := waiting(function); isAtRest {
			return told
		}
		if time.Since(start) > 200*time.Millisecond {
			fmt.Println("endless")
			os.Exit(0)
		}
	}
}

// waiting tells where the goroutines of the round stand, if all of them wait for one another.
func waiting(function string) (string, bool) {
	places := []string{}
	ids := []string{}
	isReturned := true
	for _, stack := range strings.Split(string(buffer[:runtime.Stack(buffer, true)]), "\\n\\n") {
		head := header.FindStringSubmatch(stack)
		at := place.FindStringSubmatch(stack)
		if head == nil || old[head[1]] || strings.Contains(stack, "main.main(") {
			continue
		}
		state := head[2]
		// One of a group may have left its function, and be about to count down.
		if at == nil {
			if strings.HasPrefix(state, "run") {
				return "", false
			}
			continue
		}
		isWaiting := strings.HasPrefix(state, "chan ") || strings.HasPrefix(state, "select") ||
			strings.HasPrefix(state, "sync.")
		if !isWaiting || strings.Contains(stack, "\\npanic(") {
			return "", false
		}
		if strings.Contains(stack, function) {
			isReturned = false
		}
		places = append(places, at[1])
		ids = append(ids, head[1])
	}
	// Some have not come to their first line yet.
	if int64(len(ids)) != cases.Live.Load() {
		return "", false
	}
	if len(ids) == 0 {
		return "", true
	}
	for _, id := range ids {
		old[id] = true
	}
	sort.Strings(places)
	if isReturned {
		for i := range places {
			places[i] += "!"
		}
	}
	return "stuck " + strings.Join(places, " "), true
}
`;
