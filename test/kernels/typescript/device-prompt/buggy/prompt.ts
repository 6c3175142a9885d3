export interface Device {
  onAnswer(listener: (line: string) => void): void;
  write(text: string): void;
}

export class Refused extends Error {
  constructor(command: string) {
    super(`the device refused ${command}`);
  }
}

/** Sends a command to a device, and waits for the line that answers it. */
export function ask(device: Device, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (command.trim() === "") return;
    device.onAnswer((line) => {
      if (line.startsWith("ERR")) reject(new Refused(command));
      else resolve(line);
    });
    device.write(`${command}\r\n`);
  });
}

export async function askAll(device: Device, commands: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  for (const command of commands) answers.push(await ask(device, command));
  return answers;
}
