import { defineRule, mockOnlyInterfaces, source } from "#kit";

export default defineRule({
  id: "go/mock-only-interface",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s*\{/,

  docs: {
    summary: "Interface that only one type and its test doubles implement",
    why: "Production code goes through an abstraction that exists for the tests, and the tests then check what the double does.",
    instead:
      "Test with the real type, which reaches nothing outside; or hand in a function for the one step that a test replaces.",
    bad: {
      "a mock of arithmetic": source`
        package main

        type pricer interface { // want "pricer has one implementation, listPricer; the others are test doubles: mockPricer"
        	Price(item string, count int) int
        	IsSold(item string) bool
        }

        type listPricer map[string]int

        func (l listPricer) Price(item string, count int) int { return l[item] * count }
        func (l listPricer) IsSold(item string) bool          { return l[item] > 0 }

        type mockPricer struct{ price int }

        func (m mockPricer) Price(string, int) int { return m.price }
        func (m mockPricer) IsSold(string) bool    { return true }

        func total(p pricer, items []string) int {
        	sum := 0
        	for _, item := range items {
        		sum += p.Price(item, 1)
        	}
        	return sum
        }

        func main() {
        	total(listPricer{}, nil)
        }
      `,
    },
    good: {
      "the real type talks to the outside": source`
        package main

        import "net/http"

        type fetcher interface {
        	Fetch(url string) (int, error)
        }

        type client struct{}

        func (client) Fetch(url string) (int, error) {
        	response, err := http.Get(url)
        	if err != nil {
        		return 0, err
        	}
        	defer response.Body.Close()
        	return response.StatusCode, nil
        }

        type fakeFetcher struct{}

        func (fakeFetcher) Fetch(string) (int, error) { return 200, nil }

        func isUp(f fetcher) bool {
        	status, err := f.Fetch("http://localhost")
        	return err == nil && status == 200
        }

        func main() {
        	isUp(client{})
        }
      `,
    },
    limits: [
      "Judged are interfaces that only the project can use: unexported ones, and those of main and internal packages, of applications, and of packages without a go.mod.",
      "A real type whose file imports network, files, processes, databases or another module is a boundary, for which doubles are made.",
      "Test doubles are known by name, file, directory, and by what they embed; a type that a test declares is one.",
    ],
  },

  check: ({ use }) => use(mockOnlyInterfaces),
});
