/** The directory of a path, `""` for the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

/** The last part of a path. */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Joins a directory and a relative path with `.` and `..`; undefined when it leaves the root. */
export function joinPath(directory: string, relative: string): string | undefined {
  const parts = directory === "" ? [] : directory.split("/");
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** A directory and all that enclose it, innermost first; the root `""` is the last. */
export function directoriesUp(directory: string): string[] {
  const found = [directory];
  for (let at = directory; at !== ""; ) {
    at = directoryOf(at);
    found.push(at);
  }
  return found;
}

export function inDirectory(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}
