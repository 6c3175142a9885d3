/** Whether a path is one that test runners and people take for a test, a mock, a fixture or an example. */
export function isTestPath(path: string): boolean {
  return (
    /[.\-_](?:test|tests|spec|mock|mocks|stories|e2e|bench)\.[mc]?[jt]sx?$/.test(path) ||
    /(?:^|\/)test[-_](?:setup|helpers?|utils?)\.[mc]?[jt]sx?$/.test(path) ||
    /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|__e2e__|tests?|e2e|specs?|mocks?|fixtures?|examples?|playgrounds?|benchmarks?|test[-_]?(?:[wW]orkspaces?|[dD]ata|[fF]ixtures?|[cC]ases?|[pP]rojects?)|[a-z-]+-tests?|__tests_[a-z]+__)\//.test(
      path,
    )
  );
}
