/**
 * Linters that golangci-lint runs under one name while our rules know their checks one by one: `//nolint:staticcheck` silences
 * SA1029. Patterns match the checks' names in lower case. Source: golangci-lint's list of linters (`golangci-lint linters`).
 */
const CHECKS: Readonly<Record<string, RegExp>> = {
  gocritic:
    /^(?:badlock|badsynconcefunc|deferinloop|exposedsyncmutex|ifaceptr|syncmaploadanddelete)$/,
  gosimple: /^s1\d{3}$/,
  gosec: /^g\d{3}$/,
  govet:
    /^(?:atomic|copylocks|defers|ifaceassert|loopclosure|lostcancel|sigchanyzer|stdmethods|testinggoroutine|waitgroup)$/,
  iface: /^(?:identical|opaque|unexported|unused)$/,
  revive:
    /^(?:atomic|context-as-argument|context-keys-type|datarace|deep-exit|defer|forbidden-call-in-wg-go|range-val-address|range-val-in-closure|unexported-return|use-any|waitgroup-by-value)$/,
  staticcheck: /^(?:sa\d|st1|s1|qf1)\d{3}$/,
  stylecheck: /^st1\d{3}$/,
};

/** The checks of ours (lower case) that a linter's name in `//nolint:` means as well, as a pattern; undefined if none. */
export function checksOfLinter(name: string): RegExp | undefined {
  return CHECKS[name.toLowerCase()];
}
