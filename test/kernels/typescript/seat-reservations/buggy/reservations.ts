/** What a show costs, and which seats its hall has. */
export interface ShowPlans {
  plan(show: string): Promise<{ readonly seats: ReadonlySet<string>; readonly price: number }>;
}

export interface Reservation {
  readonly show: string;
  readonly seat: string;
  readonly guest: string;
  readonly price: number;
}

export class SeatTaken extends Error {
  constructor(show: string, seat: string) {
    super(`seat ${seat} of ${show} is taken`);
  }
}

/** The reservations of one box office, by show and seat; whoever holds one is let in. */
export class BoxOffice {
  readonly #plans: ShowPlans;
  readonly #reservations = new Map<string, Reservation>();
  #income = 0;

  constructor(plans: ShowPlans) {
    this.#plans = plans;
  }

  get income(): number {
    return this.#income;
  }

  holder(show: string, seat: string): string | undefined {
    return this.#reservations.get(`${show}/${seat}`)?.guest;
  }

  async reserve(show: string, seat: string, guest: string): Promise<Reservation> {
    const key = `${show}/${seat}`;
    if (this.#reservations.has(key)) throw new SeatTaken(show, seat);
    const { seats, price } = await this.#plans.plan(show);
    if (!seats.has(seat)) throw new RangeError(`${show} has no seat ${seat}`);
    const reservation: Reservation = { show, seat, guest, price };
    this.#reservations.set(key, reservation);
    this.#income += price;
    return reservation;
  }
}
