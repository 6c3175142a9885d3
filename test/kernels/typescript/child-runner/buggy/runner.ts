import type { EventEmitter } from "node:events";

export interface Child extends EventEmitter {
  readonly stdin: { end(text: string, done: (error?: Error | null) => void): void };
  readonly stdout: EventEmitter;
}

export type Spawn = (command: string, args: readonly string[]) => Child;

export interface RunOptions {
  readonly input?: string;
  readonly encoding?: BufferEncoding;
}

export interface RunResult {
  readonly code: number;
  readonly output: string;
}

export class ExitError extends Error {
  readonly code: number;

  constructor(command: string, code: number) {
    super(`${command} ended with ${code}`);
    this.code = code;
  }
}

/** Runs a filter such as a formatter: text goes in, text comes out. */
export class FilterRunner {
  readonly #spawn: Spawn;
  readonly #command: string;

  constructor(spawn: Spawn, command: string) {
    this.#spawn = spawn;
    this.#command = command;
  }

  async run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const { input = "", encoding = "utf8" } = options;
    const child = this.#spawn(this.#command, args);
    const chunks = this.#collect(child);
    await this.#feed(child, input);
    const code = await this.#exitOf(child);
    if (code !== 0) throw new ExitError(this.#command, code);
    return { code, output: Buffer.concat(chunks).toString(encoding) };
  }

  #collect(child: Child): Buffer[] {
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    return chunks;
  }

  #feed(child: Child, input: string): Promise<void> {
    return new Promise((resolve, reject) => {
      child.stdin.end(input, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  #exitOf(child: Child): Promise<number> {
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code: number | null) => resolve(code ?? 1));
    });
  }
}
