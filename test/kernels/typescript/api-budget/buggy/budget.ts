export interface ApiCall {
  readonly route: string;
  readonly cost: number;
}

export interface AuditTrail {
  open(call: ApiCall): Promise<string>;
  settle(entry: string, ok: boolean): Promise<void>;
}

export interface BudgetOptions {
  readonly limit: number;
  readonly trail: AuditTrail;
  readonly onExhausted?: (call: ApiCall, left: number) => void;
}

export class BudgetExhausted extends Error {
  readonly call: ApiCall;

  constructor(call: ApiCall) {
    super(`no budget left for ${call.route}`);
    this.call = call;
  }
}

export interface Budget {
  spend<T>(call: ApiCall, request: () => Promise<T>): Promise<T>;
  left(): number;
  renew(): void;
}

/** What a tenant may still ask of the paid API this month. */
export function createBudget({ limit, trail, onExhausted }: BudgetOptions): Budget {
  let spent = 0;

  const left = () => limit - spent;

  function assertAffordable(call: ApiCall): void {
    if (call.cost <= left()) return;
    onExhausted?.(call, left());
    throw new BudgetExhausted(call);
  }

  function charge({ cost }: ApiCall): void {
    spent += cost;
  }

  async function spend<T>(call: ApiCall, request: () => Promise<T>): Promise<T> {
    assertAffordable(call);
    const entry = await trail.open(call);
    charge(call);
    let ok = false;
    try {
      const answer = await request();
      ok = true;
      return answer;
    } finally {
      await trail.settle(entry, ok);
    }
  }

  return {
    spend,
    left,
    renew() {
      spent = 0;
    },
  };
}
