export interface Attendee {
  readonly email: string;
  readonly name: string;
}

/** The payment provider, as far as bookings need it. */
export interface Payments {
  charge(email: string, cents: number): Promise<{ readonly id: string }>;
  refund(id: string): Promise<void>;
}

export class WorkshopFull extends Error {
  constructor(workshop: string) {
    super(`${workshop} has no free seat`);
  }
}

interface Seat {
  readonly attendee: Attendee;
  readonly payment: string;
}

/** Bookings of one workshop: a seat is paid when it is taken. */
export class Workshop {
  readonly title: string;
  readonly #capacity: number;
  readonly #price: number;
  readonly #payments: Payments;
  readonly #seats: Seat[] = [];
  #taken = 0;

  constructor(title: string, capacity: number, price: number, payments: Payments) {
    this.title = title;
    this.#capacity = capacity;
    this.#price = price;
    this.#payments = payments;
  }

  get attendees(): readonly Attendee[] {
    return this.#seats.map(({ attendee }) => attendee);
  }

  get isFull(): boolean {
    return this.#taken >= this.#capacity;
  }

  async book(attendee: Attendee): Promise<void> {
    if (this.#taken >= this.#capacity) throw new WorkshopFull(this.title);
    this.#taken++;
    try {
      const { id } = await this.#payments.charge(attendee.email, this.#price);
      this.#seats.push({ attendee, payment: id });
    } catch (error) {
      this.#taken--;
      throw error;
    }
  }

  async cancel(email: string): Promise<boolean> {
    const index = this.#seats.findIndex(({ attendee }) => attendee.email === email);
    const [seat] = index === -1 ? [] : this.#seats.splice(index, 1);
    if (!seat) return false;
    this.#taken--;
    await this.#payments.refund(seat.payment);
    return true;
  }
}
