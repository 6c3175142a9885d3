export interface Subscriber {
  readonly email: string;
  readonly language: string;
}

export interface Letters {
  compose(language: string): Promise<string>;
  send(email: string, text: string): Promise<void>;
}

export interface Outcome {
  readonly sent: number;
  readonly failed: readonly string[];
}

/** Sends one issue of the newsletter to everybody, and says how it went. */
export async function sendIssue(
  letters: Letters,
  subscribers: readonly Subscriber[],
): Promise<Outcome> {
  const failed: string[] = [];
  let sent = 0;
  subscribers.forEach(async ({ email, language }) => {
    try {
      await letters.send(email, await letters.compose(language));
      sent++;
    } catch {
      failed.push(email);
    }
  });
  return { sent, failed };
}
