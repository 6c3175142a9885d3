const WITHOUT_EXTENSION = [".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", ".jsx", ".mjs", ".cjs"];

/** What a written extension may stand for, the source first. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js", ".jsx", ".d.ts"],
  ".jsx": [".tsx", ".jsx", ".d.ts"],
  ".mjs": [".mts", ".mjs", ".d.mts"],
  ".cjs": [".cts", ".cjs", ".d.cts"],
  ".ts": [".ts"],
  ".tsx": [".tsx"],
  ".mts": [".mts"],
  ".cts": [".cts"],
};

/** The paths that an import of `base` may mean, best first; none for what is no code (`.json`, `.css`, `.vue`). */
export function sourceCandidates(base: string): readonly string[] {
  const extension = /\.[mc]?[jt]sx?$/.exec(base)?.[0];
  const written = extension === undefined ? undefined : WRITTEN[extension];
  if (written && extension !== undefined) {
    const stem = base.slice(0, -extension.length);
    return written.map((ending) => stem + ending);
  }
  if (
    /\.(?:json|css|scss|sass|less|styl|vue|svelte|astro|svg|png|wasm|html|txt|md)(?:$|\?)/.test(
      base,
    )
  )
    return [];
  return [
    ...WITHOUT_EXTENSION.map((ending) => base + ending),
    ...WITHOUT_EXTENSION.map((ending) => `${base === "" ? "" : `${base}/`}index${ending}`),
  ];
}
