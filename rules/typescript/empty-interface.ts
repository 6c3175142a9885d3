import { defineRule, type EmptyInterface, emptyInterfaces, type Fix, source } from "#kit";

export default defineRule({
  id: "ts/empty-interface",
  group: "interfaces",
  severity: "warning",
  since: "0.1.0",
  interest: /\binterface\b/,
  aliases: [
    "@typescript-eslint/no-empty-interface",
    "@typescript-eslint/no-empty-object-type",
    "no-empty-interface",
    "noEmptyInterface",
  ],

  docs: {
    summary: "Interface without members of its own",
    why: "Every value but null and undefined fits an empty interface, numbers and strings included, so it checks nothing. One that only extends another is a second name that looks like a type of its own.",
    instead:
      "Write an alias for a second name; `object`, `unknown` or the members that you count on for an empty one.",
    bad: {
      "it accepts a number": source`
        interface Session {} // want "Session has no members: a number or a string fits it"

        export function open(session: Session): string {
          return String(session);
        }
      `,
      "a second name": source`
        interface User {
          id: string;
        }

        interface Member extends User {} // want "Member adds nothing to User"

        export const names = (members: Member[]) => members.map(({ id }) => id);
      `,
    },
    good: {
      "an alias says what it is": source`
        interface User {
          id: string;
        }

        type Member = User;

        export const names = (members: Member[]) => members.map(({ id }) => id);
      `,
      "several interfaces under one name": source`
        interface Named {
          name: string;
        }

        interface Dated {
          date: Date;
        }

        export interface Entry extends Named, Dated {}
      `,
    },
    limits: [
      "Left alone: interfaces that are merged or augmented, ambient ones, generic ones, those that extend a type with arguments, markers that others implement or extend, and those whose comment says what they wait for.",
      "Exported interfaces of a package that others install may be augmented by them.",
      "Tests, mocks, examples and declaration files.",
    ],
    references: ["https://typescript-eslint.io/rules/no-empty-object-type"],
  },

  *check({ use }) {
    for (const empty of use(emptyInterfaces)) {
      const { at, name, base } = empty;
      yield {
        at,
        message:
          base === undefined
            ? `${name} has no members: a number or a string fits it`
            : `${name} adds nothing to ${base}`,
        fixes: fixesOf(empty),
      };
    }
  },
});

function fixesOf({ name, base, declaration, typeParameters, ...rest }: EmptyInterface): Fix[] {
  if (rest.isDefaultExport) return [];
  const text = `type ${name}${typeParameters} = ${base ?? "object"};`;
  return [
    {
      kind: base !== undefined && !rest.isExported ? "safe" : "suggestion",
      description: base === undefined ? "accept any object" : `make ${name} an alias of ${base}`,
      edits: [{ ...declaration, text }],
    },
  ];
}
