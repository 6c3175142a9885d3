/** The world as a command sees it: what `run` gets from the process, or from a test. */
export interface Io {
  /** Absolute. */
  readonly directory: string;
  readonly environment: {
    readonly NO_COLOR?: string | undefined;
    readonly FORCE_COLOR?: string | undefined;
    readonly TERM?: string | undefined;
    readonly HOME?: string | undefined;
    readonly XDG_CACHE_HOME?: string | undefined;
    /** For `review --pr`. */
    readonly GITHUB_TOKEN?: string | undefined;
    readonly GH_TOKEN?: string | undefined;
    readonly GITHUB_API_URL?: string | undefined;
    readonly RULE_PAGES?: string | undefined;
  };
  /** Whether stdout is a terminal that a person looks at. */
  readonly isTerminal: boolean;
  /** Columns of the terminal, where there is one. */
  readonly columns: number | undefined;
  /** Diagnostics. */
  out(text: string): void;
  /** Talk. */
  say(text: string): void;
  readStandardInput(): Promise<Buffer>;
  /** Milliseconds since some moment. */
  clock(): number;
}
