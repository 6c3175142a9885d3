import { defineRule, missingCloses, source } from "#kit";

export default defineRule({
  id: "go/missing-close",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bclose\(/,
  yieldsTo: ["go/goroutine-leak-channel"],

  docs: {
    summary: "Channel that is closed at the end of the work, but not where the work is given up",
    why: "Whoever ranges over the channel waits until it is closed. After an error nobody does so, and everybody behind him waits as well.",
    instead: "Defer the close at the top of the goroutine that sends.",
    bad: {
      "an error leaves the channel open": source`
        type copier struct {
        	next  func() (string, error)
        	lines chan string
        	err   error
        }

        func (c *copier) start() {
        	go c.read()
        	go c.write()
        }

        func (c *copier) read() {
        	for {
        		line, err := c.next()
        		if err == io.EOF {
        			close(c.lines)
        			return
        		}
        		if err != nil {
        			c.err = err
        			return // want "returns without closing c.lines"
        		}
        		c.lines <- line
        	}
        }

        func (c *copier) write() {
        	for line := range c.lines {
        		fmt.Println(line)
        	}
        }
      `,
    },
    good: {
      "closed on every way": source`
        type copier struct {
        	next  func() (string, error)
        	lines chan string
        	err   error
        }

        func (c *copier) start() {
        	go c.read()
        	go c.write()
        }

        func (c *copier) read() {
        	defer close(c.lines)
        	for {
        		line, err := c.next()
        		if err == io.EOF {
        			return
        		}
        		if err != nil {
        			c.err = err
        			return
        		}
        		c.lines <- line
        	}
        }

        func (c *copier) write() {
        	for line := range c.lines {
        		fmt.Println(line)
        	}
        }
      `,
    },
    limits: [
      "The channel is in a field that no other package can name and that is not handed on; one goroutine alone sends and closes, and others only range over it.",
      "Only ways out behind an error, or behind a signal of a select, on which nothing more is sent.",
    ],
    references: ["https://go.dev/ref/spec#For_range"],
  },

  *check({ use }) {
    for (const missing of use(missingCloses)) {
      const { at, channel, closeAt, consumer, rangeAt, trace } = missing;
      yield {
        at,
        message: `this returns without closing ${channel}, and ${consumer.name} waits for ever for more`,
        about: [at, rangeAt],
        related: [
          { at: rangeAt, note: "ranged over here" },
          { at: closeAt, note: "closed here, on another way" },
        ],
        trace,
      };
    }
  },
});
