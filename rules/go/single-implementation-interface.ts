import { defineRule, singleImplementations, source } from "#kit";

export default defineRule({
  id: "go/single-implementation-interface",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s*\{/,
  aliases: ["single_impl_interface"],
  yieldsTo: ["go/mock-only-interface"],

  docs: {
    summary: "Interface with one implementation, beside it, and no test double",
    why: "It doubles every signature, hides the code behind a jump that tools cannot follow, and abstracts from nothing.",
    instead:
      "Use the type itself. An interface can be declared by the consumer the day a second implementation comes.",
    bad: {
      "an interface for one type": source`
        package main

        type userService interface { // want "userService has one implementation, users, and no test double; its 1 use could take users"
        	Name(id int) string
        	Rename(id int, name string)
        }

        type users struct{ names map[int]string }

        func (u *users) Name(id int) string         { return u.names[id] }
        func (u *users) Rename(id int, name string) { u.names[id] = name }

        type handler struct {
        	service userService
        }

        func main() {
        	h := handler{service: &users{names: map[int]string{}}}
        	h.service.Rename(1, h.service.Name(2))
        }
      `,
    },
    good: {
      "the type itself": source`
        package main

        type users struct{ names map[int]string }

        func (u *users) Name(id int) string         { return u.names[id] }
        func (u *users) Rename(id int, name string) { u.names[id] = name }

        type handler struct {
        	users *users
        }

        func main() {
        	h := handler{users: &users{names: map[int]string{}}}
        	h.users.Rename(1, h.users.Name(2))
        }
      `,
    },
    limits: [
      "Judged are interfaces that only the project can use: unexported ones, and those of main and internal packages, of applications, and of packages without a go.mod.",
      "The one implementation stands in the interface's own package, and no other package uses the interface.",
      "Left alone: interfaces with test doubles, with an implementation behind a build tag, embedded ones, generic ones, and those in the head of an exported function, whose callers may bring their own.",
      "An interface of one method, one that a type of the standard library fits, and one whose signatures name types of other modules, which may have types that fit.",
    ],
    whenNotToUse: "Where a second implementation is on its way.",
  },

  check: ({ use }) => use(singleImplementations),
});
