export interface Sheet {
  readonly document: string;
  readonly pages: number;
}

export interface Printer {
  print(sheet: Sheet): Promise<void>;
}

/** Prints what is waiting, first come, first served; a document that fails stays at the head. */
export class PrintQueue {
  readonly #printer: Printer;
  readonly #waiting: Sheet[] = [];
  #pages = 0;

  constructor(printer: Printer) {
    this.#printer = printer;
  }

  get length(): number {
    return this.#waiting.length;
  }

  get pages(): number {
    return this.#pages;
  }

  add(sheet: Sheet): void {
    this.#waiting.push(sheet);
  }

  /** Prints one document; false when none was waiting. */
  async printNext(): Promise<boolean> {
    const sheet = this.#waiting.shift();
    if (!sheet) return false;
    try {
      await this.#printer.print(sheet);
    } catch (error) {
      this.#waiting.unshift(sheet);
      throw error;
    }
    this.#pages += sheet.pages;
    return true;
  }
}
