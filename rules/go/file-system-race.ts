import { defineRule, fileChecks, source } from "#kit";

export default defineRule({
  id: "go/file-system-race",
  group: "races",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bos\.L?[sS]tat\(/,
  aliases: ["toctou_file_check_then_open", "G122"],

  docs: {
    summary: "File that is made because it was not there when one looked",
    why: "Another process or goroutine makes it in between, and its content is overwritten without a word.",
    instead:
      "Let the call itself decide: open with `os.O_EXCL`, and ask the error by `errors.Is(err, fs.ErrExist)`.",
    bad: {
      "what came in between is truncated": source`
        package example

        import "os"

        func createToken(path string, token []byte) error {
        	if _, err := os.Stat(path); os.IsNotExist(err) {
        		return os.WriteFile(path, token, 0o600) // want "path may be there by now"
        	}
        	return nil
        }
      `,
    },
    good: {
      "the system decides": source`
        package example

        import (
        	"errors"
        	"io/fs"
        	"os"
        )

        func createToken(path string, token []byte) error {
        	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
        	if errors.Is(err, fs.ErrExist) {
        		return nil
        	}
        	if err != nil {
        		return err
        	}
        	defer file.Close()
        	_, err = file.Write(token)
        	return err
        }
      `,
    },
    limits: [
      "os.Stat or os.Lstat in the head of an `if`, or right before it, and os.Create, WriteFile or Rename of the same path, in the same words, on the way where it was not there.",
      "Mkdir and Symlink fail where something is there, MkdirAll and Remove do no harm: they are left alone; so are functions that name a lock, package main and tests.",
      "Checks in other functions are not followed.",
    ],
    references: ["https://cwe.mitre.org/data/definitions/367.html"],
  },

  *check({ use }) {
    for (const { at, path, maker, checkedAt, edit } of use(fileChecks)) {
      yield {
        at,
        message: `${path} may be there by now: ${maker} does not know that it was not there before`,
        related: [{ at: checkedAt, note: "it was not there when this looked" }],
        ...(edit && {
          fixes: [
            {
              kind: "suggestion" as const,
              description: "fail where somebody else has made it",
              edits: [edit],
            },
          ],
        }),
      };
    }
  },
});
