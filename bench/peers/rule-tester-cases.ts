import ts from "typescript";

/** A case of an ESLint RuleTester: a text, and whether the peer reports something in it. */
export interface TesterCase {
  readonly code: string;
  readonly isValid: boolean;
}

/** The cases that stand in a test file as plain strings; those that are computed are left out. */
export function testerCases(path: string, text: string): TesterCase[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: TesterCase[] = [];
  const waiting: ts.Node[] = [file];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) {
      const name = node.name.text;
      if ((name === "valid" || name === "invalid") && ts.isArrayLiteralExpression(node.initializer))
        for (const element of node.initializer.elements) {
          const code = codeOf(element);
          if (code !== undefined) found.push({ code, isValid: name === "valid" });
        }
    }
    node.forEachChild((child) => {
      waiting.push(child);
    });
  }
  return found;
}

function codeOf(element: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(element)) return element.text;
  if (
    ts.isTaggedTemplateExpression(element) &&
    ts.isNoSubstitutionTemplateLiteral(element.template)
  )
    return element.template.text;
  if (!ts.isObjectLiteralExpression(element)) return undefined;
  // With options of its own the peer is asked something else.
  if (element.properties.some((one) => one.name?.getText() === "options")) return undefined;
  const code = element.properties.find((one) => one.name?.getText() === "code");
  return code && ts.isPropertyAssignment(code) ? codeOf(code.initializer) : undefined;
}
