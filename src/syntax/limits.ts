/**
 * What one parse may cost. Counts, not time: the same file gets the same answer on every machine and under every load.
 *
 * The parser calls back after every hundred of its steps. Of 17,000 real files (Go's tree, large packages of npm, bundles
 * among them) the most expensive needed 20,000 callbacks for 1.9 M characters; of hostile ones (unclosed calls, conditions,
 * strings) a callback costs up to 0.2 ms and 30 KB. So a parse ends within a few seconds and a gigabyte, whatever the text.
 */
export interface ParseLimits {
  /** Length of the text, in UTF-16 units. */
  readonly units: number;
  /** Callbacks of the parser. */
  readonly callbacks: number;
  /** Bytes of the parser's memory, which all parsers of a process share: the first one's limit counts. */
  readonly memory: number;
}

export const defaultLimits: ParseLimits = {
  units: 4 * 1024 * 1024,
  callbacks: 30_000,
  memory: 1024 * 1024 * 1024,
};
