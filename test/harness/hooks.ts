/** Stands for React in the kernels that have hooks: just enough of it to mount one hook without a page. */

interface Mounted {
  readonly slots: object[];
  readonly effects: (() => void)[];
  readonly kept: Set<Kept>;
  next: number;
  again(): void;
}

interface Kept {
  dependencies?: readonly unknown[] | undefined;
  cleanup?: (() => void) | undefined;
}

let current: Mounted | undefined;

function mounting(): Mounted {
  if (!current) throw new Error("a hook was called outside of a component");
  return current;
}

function slot<T extends object>(make: () => T): T {
  const { slots, next } = mounting();
  mounting().next++;
  if (next >= slots.length) slots.push(make());
  return slots[next] as T;
}

function isSame(
  one: readonly unknown[] | undefined,
  other: readonly unknown[] | undefined,
): boolean {
  if (!one || !other || one.length !== other.length) return false;
  return one.every((value, index) => Object.is(value, other[index]));
}

type Next<T> = T | ((old: T) => T);

export function useState<T>(initial: T | (() => T)): [T, (next: Next<T>) => void] {
  const mounted = mounting();
  const state = slot(() => {
    const made = {
      value: initial instanceof Function ? initial() : initial,
      set(next: Next<T>) {
        const value = next instanceof Function ? next(made.value) : next;
        if (Object.is(value, made.value)) return;
        made.value = value;
        mounted.again();
      },
    };
    return made;
  });
  return [state.value, state.set];
}

export function useRef<T>(initial: T): { current: T } {
  return slot(() => ({ current: initial }));
}

export function useMemo<T>(make: () => T, dependencies: readonly unknown[]): T {
  const memo = slot<Kept & { value?: T }>(() => ({}));
  if (!isSame(memo.dependencies, dependencies))
    Object.assign(memo, { dependencies, value: make() });
  return memo.value as T;
}

export function useCallback<F>(callback: F, dependencies: readonly unknown[]): F {
  return useMemo(() => callback, dependencies);
}

export function useEffect(
  effect: () => undefined | (() => void),
  dependencies?: readonly unknown[],
): void {
  const { effects, kept } = mounting();
  const own = slot<Kept>(() => ({}));
  kept.add(own);
  if (isSame(own.dependencies, dependencies)) return;
  own.dependencies = dependencies;
  effects.push(() => {
    own.cleanup?.();
    own.cleanup = effect();
  });
}

/** Runs a hook, and again after each change of its state, until it is unmounted. For drivers only. */
export function mountHook<R>(hook: () => R): { readonly result: R; unmount(): void } {
  let result: R | undefined;
  let isDirty = false;
  let isBusy = false;
  let isGone = false;
  const mounted: Mounted = {
    slots: [],
    effects: [],
    kept: new Set(),
    next: 0,
    again() {
      isDirty = true;
      if (isBusy || isGone) return;
      isBusy = true;
      while (isDirty) {
        isDirty = false;
        mounted.next = 0;
        current = mounted;
        result = hook();
        current = undefined;
        for (const run of mounted.effects.splice(0)) run();
      }
      isBusy = false;
    },
  };
  mounted.again();
  return {
    get result() {
      return result as R;
    },
    unmount() {
      isGone = true;
      for (const { cleanup } of mounted.kept) cleanup?.();
    },
  };
}
