import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

export interface Copied {
  readonly from: string;
  readonly to: string;
  readonly took: number;
}

/** Copies one file of the archive; the target is made anew. */
export async function copyFile(from: string, to: string): Promise<Copied> {
  const start = Date.now();
  await pipeline(createReadStream(from), createWriteStream(to));
  return { from, to, took: Date.now() - start };
}

export async function copyAll(files: ReadonlyMap<string, string>): Promise<Copied[]> {
  const copied: Copied[] = [];
  for (const [from, to] of files) copied.push(await copyFile(from, to));
  return copied;
}
