import type { EventEmitter } from "node:events";

export interface Account {
  readonly id: string;
  readonly name: string;
}

export interface Accounts {
  byToken(token: string): Promise<Account | undefined>;
}

/** A socket says `message` and `close`, and knows the token of the request that opened it. */
export interface ChatSocket extends EventEmitter {
  readonly token: string;
  close(code: number): void;
}

export type OnMessage = (from: Account, text: string) => void;

/** Lets known accounts chat: each new connection of the server is attended to until it closes. */
export function attend(server: EventEmitter, accounts: Accounts, onMessage: OnMessage): void {
  server.on("connection", async (socket: ChatSocket) => {
    try {
      const early: string[] = [];
      let account: Account | undefined;
      socket.on("message", (text: string) => {
        if (account) onMessage(account, text);
        else early.push(text);
      });
      account = await accounts.byToken(socket.token);
      if (!account) {
        socket.close(4401);
        return;
      }
      for (const text of early) onMessage(account, text);
    } catch (error) {
      console.error("a connection was refused", error);
      socket.close(1011);
    }
  });
}
