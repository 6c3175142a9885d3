export interface Forecast {
  readonly city: string;
  readonly celsius: number;
}

export interface WeatherService {
  forecast(city: string): Promise<Forecast>;
}

/** Forecasts of the day; each city is asked for once. */
export class WeatherCache {
  readonly #service: WeatherService;
  readonly #forecasts = new Map<string, Promise<Forecast>>();
  #hits = 0;

  constructor(service: WeatherService) {
    this.#service = service;
  }

  get hits(): number {
    return this.#hits;
  }

  clear(): void {
    this.#forecasts.clear();
  }

  async forecast(city: string): Promise<Forecast> {
    const known = this.#forecasts.get(city);
    if (known) {
      this.#hits++;
      return await known;
    }
    const asked = this.#service.forecast(city);
    this.#forecasts.set(city, asked);
    return await asked;
  }
}
