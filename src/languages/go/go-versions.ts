import { defineAnalysis } from "../../core/analysis.ts";
import { goPackage } from "./go-analyses.ts";
import { goMinorOf } from "./go-version.ts";

/** The Go version that a file of the unit is compiled as, `minor` of 1.x; undefined where neither go.mod nor the file says. */
export const goVersions = defineAnalysis(
  "go versions",
  (use): ((file: string) => number | undefined) => {
    const pkg = use(goPackage);
    return (path) => {
      const file = pkg.file(path);
      return file && goMinorOf(file, pkg.module);
    };
  },
);
