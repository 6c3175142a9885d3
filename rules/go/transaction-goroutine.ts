import { defineRule, source, transactionGoroutines } from "#kit";

export default defineRule({
  id: "go/transaction-goroutine",
  group: "goroutines",
  severity: "error",
  since: "0.1.0",
  interest: /\bTx\b|\.Begin|xorm/,

  docs: {
    summary: "Goroutine that uses a database transaction of the function around it",
    why: "A transaction is one connection, on which one statement runs at a time. A goroutine either finds it committed, or talks into the rows that somebody else is reading, and the driver answers with an error that has nothing to do with the query.",
    instead:
      "Run the statements of a transaction one after the other, or give the goroutine the database.",
    bad: {
      "may find it committed": source`
        func place(db *sql.DB, order string) error {
        	tx, err := db.Begin()
        	if err != nil {
        		return err
        	}
        	go func() {
        		tx.Exec("INSERT INTO audit VALUES ($1)", order) // want "tx is used by a goroutine"
        	}()
        	if _, err := tx.Exec("INSERT INTO orders VALUES ($1)", order); err != nil {
        		return errors.Join(err, tx.Rollback())
        	}
        	return tx.Commit()
        }
      `,
    },
    good: {
      "one after the other": source`
        func place(db *sql.DB, order string) error {
        	tx, err := db.Begin()
        	if err != nil {
        		return err
        	}
        	defer tx.Rollback()
        	if _, err := tx.Exec("INSERT INTO orders VALUES ($1)", order); err != nil {
        		return err
        	}
        	if _, err := tx.Exec("INSERT INTO audit VALUES ($1)", order); err != nil {
        		return err
        	}
        	return tx.Commit()
        }
      `,
    },
    limits: [
      "Transactions of database/sql, sqlx, pgx, bun and xorm, in `go` statements and in Go of a group.",
      "Whether somebody waits for the goroutine makes no difference: the connection is one.",
    ],
    references: ["https://pkg.go.dev/database/sql#Tx"],
  },

  *check({ use }) {
    for (const { at, transaction, startedAt } of use(transactionGoroutines))
      yield {
        at,
        message: `${transaction} is used by a goroutine: a transaction is one connection, which can neither wait for it nor serve two at once`,
        related: [{ at: startedAt, note: "the goroutine is started here" }],
        about: [at],
      };
  },
});
