import { once } from "node:events";
import type { Writable } from "node:stream";

export interface Measurement {
  readonly sensor: string;
  readonly at: number;
  readonly value: number;
}

export interface ExportOptions {
  readonly separator?: string;
  readonly header?: boolean;
}

/** Writes measurements as CSV, however many there are; gives the number of lines. */
export async function exportCsv(
  measurements: AsyncIterable<Measurement>,
  target: Writable,
  { separator = ",", header = true }: ExportOptions = {},
): Promise<number> {
  let lines = 0;
  if (header) target.write(`${["sensor", "at", "value"].join(separator)}\n`);
  for await (const { sensor, at, value } of measurements) {
    const line = [quoted(sensor), at, value].join(separator);
    if (!target.write(`${line}\n`)) await once(target, "drain");
    lines++;
  }
  target.end();
  return lines;
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
