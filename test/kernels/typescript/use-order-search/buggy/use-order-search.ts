import { useCallback, useEffect, useState } from "react";

export interface OrderSummary {
  readonly number: string;
  readonly customer: string;
  readonly total: number;
}

export interface OrderPage {
  readonly orders: readonly OrderSummary[];
  readonly count: number;
}

export interface OrderApi {
  find(filter: { text: string; limit: number }): Promise<OrderPage>;
}

export interface OrderSearch extends OrderPage {
  readonly text: string;
  readonly error: string | undefined;
  readonly setText: (text: string) => void;
  readonly clear: () => void;
}

const NOTHING: OrderPage = { orders: [], count: 0 };
const SHORTEST = 2;

/** The order list below the search box of the back office. */
export function useOrderSearch(api: OrderApi, limit = 20): OrderSearch {
  const [text, setText] = useState("");
  const [page, setPage] = useState<OrderPage>(NOTHING);
  const [error, setError] = useState<string | undefined>(undefined);

  const show = useCallback((found: OrderPage) => {
    setPage(found);
    setError(undefined);
  }, []);

  const fail = useCallback((reason: unknown) => {
    setPage(NOTHING);
    setError(reason instanceof Error ? reason.message : String(reason));
  }, []);

  useEffect(() => {
    if (text.length < SHORTEST) {
      show(NOTHING);
      return;
    }
    api.find({ text, limit }).then(show, fail);
  }, [api, text, limit, show, fail]);

  const clear = useCallback(() => setText(""), []);

  return { ...page, text, error, setText, clear };
}
