import type { LanguageName } from "../../core/rule.ts";

/** An interface as the survey prints it; places read `file:line`. */
export interface InterfaceRow {
  readonly name: string;
  readonly language: LanguageName;
  readonly package: string;
  readonly at: string;
  readonly isPublic: boolean;
  readonly members: number;
  readonly implementations: readonly { readonly name: string; readonly at: string }[];
  readonly testDoubles: readonly { readonly name: string; readonly at: string }[];
  readonly uses: number;
  readonly users: readonly { readonly package: string; readonly uses: number }[];
  /** Ids of the rules that speak about it. */
  readonly smells: readonly string[];
}

/** More nodes than one can see at once. */
const MOST_DRAWN = 150;
const ROW = 22;
const COLUMNS = { user: 20, interface: 380, implementation: 740 } as const;
const WIDTH = 1_080;

/** A page that needs nothing else: a graph of users, interfaces and implementations, and a table. */
export function interfacesPage(rows: readonly InterfaceRow[]): string {
  const sorted = [...rows].sort(
    (one, other) => other.smells.length - one.smells.length || other.uses - one.uses,
  );
  const drawn = sorted.slice(0, MOST_DRAWN);
  const rest = rows.length - drawn.length;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Interfaces</title>
<style>${STYLE}</style>
<h1>${rows.length} interfaces</h1>
<p>${rows.filter(({ smells }) => smells.length > 0).length} with something to look at. Users on the left, implementations on the right; test doubles are dashed.${rest > 0 ? ` The graph shows the first ${drawn.length}.` : ""}</p>
${graph(drawn)}
<table>
<thead><tr><th>Interface<th>Members<th>Implementations<th>Test doubles<th>Uses<th>Place<th>Smells</thead>
<tbody>
${sorted.map(tableRow).join("\n")}
</tbody>
</table>
<script>${SCRIPT}</script>
</html>
`;
}

function tableRow(row: InterfaceRow): string {
  const names = (list: InterfaceRow["implementations"]) =>
    list.map(({ name, at }) => `<span title="${escaped(at)}">${escaped(name)}</span>`).join(", ");
  const cells = [
    escaped(row.name),
    row.members,
    names(row.implementations),
    names(row.testDoubles),
    row.uses,
    `<code>${escaped(row.at)}</code>`,
    row.smells.map((smell) => `<em>${escaped(smell)}</em>`).join(" "),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}`).join("")}`;
}

interface Node {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly column: keyof typeof COLUMNS;
  readonly kind: string;
  readonly y: number;
}

function graph(rows: readonly InterfaceRow[]): string {
  const nodes = new Map<string, Node>();
  const counts = { user: 0, interface: 0, implementation: 0 };
  const edges: { readonly from: string; readonly to: string; readonly kind: string }[] = [];
  const add = (
    column: Node["column"],
    key: string,
    label: string,
    title: string,
    kind: string,
  ): string => {
    const id = `${column} ${key}`;
    if (!nodes.has(id)) {
      const y = 30 + counts[column]++ * ROW;
      nodes.set(id, { id, label, title, column, kind, y });
    }
    return id;
  };
  for (const row of rows) {
    const kind = row.smells.length > 0 ? "interface smell" : "interface";
    const own = add("interface", row.at, row.name, `${row.at} ${row.smells.join(" ")}`, kind);
    for (const user of row.users) {
      const label = user.package === "" ? "." : user.package;
      const from = add("user", user.package, label, label, "user");
      edges.push({ from, to: own, kind: "uses" });
    }
    for (const { name, at } of row.implementations)
      edges.push({
        from: own,
        to: add("implementation", at, name, at, "type"),
        kind: "implements",
      });
    for (const { name, at } of row.testDoubles)
      edges.push({ from: own, to: add("implementation", at, name, at, "double"), kind: "doubles" });
  }
  const height = 60 + Math.max(...Object.values(counts)) * ROW;
  const lines = edges.flatMap(({ from, to, kind }) => {
    const [one, other] = [nodes.get(from), nodes.get(to)];
    if (!one || !other) return [];
    const start = COLUMNS[one.column] + 320;
    const end = COLUMNS[other.column] - 6;
    const middle = (start + end) / 2;
    return `<path class="${kind}" data-from="${escaped(from)}" data-to="${escaped(to)}" d="M${start} ${one.y}C${middle} ${one.y} ${middle} ${other.y} ${end} ${other.y}"/>`;
  });
  const labels = [...nodes.values()].map(
    ({ id, label, title, column, kind, y }) =>
      `<text class="${kind}" data-id="${escaped(id)}" x="${COLUMNS[column]}" y="${y + 4}">${escaped(shortened(label))}<title>${escaped(title)}</title></text>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="Users, interfaces and implementations">
${lines.join("\n")}
${labels.join("\n")}
</svg>`;
}

/** The end of a name tells more than its beginning. */
function shortened(label: string): string {
  return label.length <= 44 ? label : `…${label.slice(-43)}`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const STYLE = `
body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; color: #1b1b1f; }
svg text { font: 12px ui-monospace, monospace; cursor: pointer; }
svg path { fill: none; stroke: #b9b9c4; }
svg .doubles { stroke-dasharray: 3 3; }
svg .smell { fill: #b3261e; font-weight: bold; }
svg .double { fill: #6b6b76; font-style: italic; }
svg .lit { stroke: #3355dd; stroke-width: 2; }
table { border-collapse: collapse; margin-top: 2rem; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #e4e4ea; vertical-align: top; }
em { color: #b3261e; font-style: normal; white-space: nowrap; }
`;

/** Lights up what belongs to the name under the pointer. */
const SCRIPT = `
for (const text of document.querySelectorAll("svg text")) {
  const light = (on) => {
    for (const path of document.querySelectorAll("svg path"))
      if (path.dataset.from === text.dataset.id || path.dataset.to === text.dataset.id)
        path.classList.toggle("lit", on);
  };
  text.addEventListener("mouseenter", () => light(true));
  text.addEventListener("mouseleave", () => light(false));
}
`;
