/** A line longer than this, in a file that is made of such lines, was written by a minifier. */
const LONG_LINE = 5_000;
/** Where a header that says "generated" may stand. */
const HEADER = 2_000;
/** Where the last line may stand. */
const TAIL = 500;

/**
 * Whether a file is context and never judged, from its path and text alone: declarations, dependencies, build output,
 * minified code, and what says of itself that it was generated.
 */
export function isGeneratedTypeScript(path: string, text: string): boolean {
  if (/\.d\.([a-z]+\.)?[mc]?ts$/.test(path)) return true;
  if (isTypeTest(path, text)) return true;
  if (/(^|\/)(node_modules|flow-typed|dist|\.next|\.nuxt|\.output|coverage)\//.test(path))
    return true;
  if (/[.-]min\.[mc]?js$/.test(path)) return true;
  const head = text.slice(0, HEADER);
  if (saysGenerated(head) || isBundle(head) || namesSourceMap(text.slice(-TAIL))) return true;
  return text.length > LONG_LINE && isMinified(text);
}

/** Tests of types alone (tsd, tstyche, vitest --typecheck) never run: by the name of the file or its folder, or in a folder of types without a call of a test runner. */
function isTypeTest(path: string, text: string): boolean {
  if (/\.(?:test-d|tst)\.[mc]?tsx?$/.test(path)) return true;
  if (!/\.[mc]?tsx?$/.test(path)) return false;
  if (/(?:^|\/)(?:types?-?tests?|test-(?:types?|dts)|dtslint)\//.test(path)) return true;
  if (!TYPE_TESTS.test(path)) return false;
  return !/^\s*(?:describe|it|test|suite)(?:\.\w+)*\s*\(\s*["'`]/m.test(text);
}

const TYPE_TESTS =
  /(?:^|\/)(?:(?:tests?|__tests__|specs?)\/(?:.*\/)?(?:types?|typings|ts|dts|tsd)\/|(?:types?|typings)\/tests?\.ts$|[^/]*\.types?\.(?:test|spec)\.[mc]?tsx?$)/;

/** In a comment at the head of the file; the same words in code or in a string say nothing about the file. */
function saysGenerated(head: string): boolean {
  return /^\s*(?:\/\/|\/?\*|#).*(?:@generated\b|\bDO NOT (?:EDIT|MODIFY)\b|\bautomatically generated\b|\bthis file (?:is|was) generated\b|\bdon't edit it manually\b|\bauto-?generated (?:by|from|file)\b)/im.test(
    head,
  );
}

/** A tool wrote it from other files, and says at the end where its map to them is. */
function namesSourceMap(tail: string): boolean {
  return /^\/\/# sourceMappingURL=\S+\s*$/m.test(tail);
}

/** What webpack, Parcel and Browserify write before the modules that they have put together. */
function isBundle(head: string): boolean {
  return /^\s*\(?(?:window|self|globalThis|global)\[?\.?["']?webpack(?:Jsonp|Chunk)|^\/\*{3,}\/\s*\(|\bfunction __webpack_require__\(|\bparcelRequire\w* ?=|^\(function\(\)\{function \w\(\w,\w,\w\)/.test(
    head,
  );
}

/** On average more than 500 units a line, or one line of many thousands in a file with few lines. */
function isMinified(text: string): boolean {
  let lines = 1;
  let longest = 0;
  let from = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", from)) {
    longest = Math.max(longest, at - from);
    from = at + 1;
    lines++;
  }
  longest = Math.max(longest, text.length - from);
  return text.length / lines > 500 || (longest > LONG_LINE && longest > text.length / 2);
}
