export interface Task {
  readonly id: string;
  readonly isDone: boolean;
}

export interface TaskApi {
  finish(id: string): Promise<void>;
}

/** The tasks of a board; changes go to the server first. */
export class TaskBoard {
  readonly #api: TaskApi;
  readonly #tasks: Task[];

  constructor(api: TaskApi, tasks: readonly Task[]) {
    this.#api = api;
    this.#tasks = [...tasks];
  }

  get tasks(): readonly Task[] {
    return this.#tasks;
  }

  drop(id: string): void {
    const index = this.#tasks.findIndex((task) => task.id === id);
    if (index >= 0) this.#tasks.splice(index, 1);
  }

  async finish(id: string): Promise<void> {
    await this.#api.finish(id);
    const index = this.#tasks.findIndex((task) => task.id === id);
    if (index >= 0) this.#tasks[index] = { id, isDone: true };
  }
}
