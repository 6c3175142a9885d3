import type { Command } from "commander";

export type Shell = "bash" | "zsh" | "fish" | "powershell";

/** Words that may follow a command, as `chokepoint config` is followed by `verify`. */
interface Level {
  /** The command's words after the program's name, joined by a blank. */
  readonly path: string;
  readonly words: readonly string[];
}

/** A script for a shell that completes commands and options; what is no option is completed as a file. */
export function completion(program: Command, shell: Shell): string {
  const levels = levelsOf(program, "");
  return SCRIPTS[shell](levels);
}

function levelsOf(command: Command, path: string): Level[] {
  const options = command.options.flatMap(({ long, short }) => [long, short]).filter(isWord);
  const names = command.commands.map((one) => one.name());
  const below = command.commands.flatMap((one) => levelsOf(one, `${path} ${one.name()}`.trim()));
  return [{ path, words: [...names, ...options, "--help"] }, ...below];
}

function isWord(word: string | null | undefined): word is string {
  return typeof word === "string";
}

const SCRIPTS: Readonly<Record<Shell, (levels: readonly Level[]) => string>> = {
  bash: (levels) => `_chokepoint() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
${levels
  .filter(({ path }) => path !== "")
  .map(({ path }) => `      "${path}") path="${path}" ;;\n`)
  .join("")}    esac
  done
  case "$path" in
${levels.map(({ path, words }) => `    "${path}") words="${words.join(" ")}" ;;\n`).join("")}  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _chokepoint chokepoint
`,
  zsh: (levels) => `autoload -U +X bashcompinit && bashcompinit
${SCRIPTS.bash(levels)}`,
  fish: (levels) =>
    levels
      .flatMap(({ path, words }) => {
        const condition =
          path === ""
            ? "__fish_use_subcommand"
            : path
                .split(" ")
                .map((word) => `__fish_seen_subcommand_from ${word}`)
                .join("; and ");
        return words.map((word) => `complete -c chokepoint -n '${condition}' ${fishWord(word)}\n`);
      })
      .join(""),
  powershell: (levels) => `Register-ArgumentCompleter -Native -CommandName chokepoint -ScriptBlock {
  param($current, $line, $position)
  $levels = @{
${levels.map(({ path, words }) => `    '${path}' = @(${words.map((word) => `'${word}'`).join(", ")})\n`).join("")}  }
  $path = ''
  foreach ($word in $line.CommandElements | Select-Object -Skip 1) {
    $longer = ("$path " + $word).Trim()
    if ($levels.ContainsKey($longer)) { $path = $longer }
  }
  $levels[$path] | Where-Object { $_ -like "$current*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`,
};

function fishWord(word: string): string {
  if (word.startsWith("--")) return `-l ${word.slice(2)}`;
  return word.startsWith("-") ? `-s ${word.slice(1)}` : `-a ${word}`;
}
