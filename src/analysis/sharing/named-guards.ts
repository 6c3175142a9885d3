/** `itemsMu`, `items_lock`, `itemsRWMutex`; `muItems`. */
const BEHIND = /_?(?:rw)?_?(?:mu|mut|mtx|mx|mutex|lock|lck|locker|guard|rw)$/i;
const BEFORE = /^(?:rw)?(?:mu|mtx|mutex|lock)_?(?=\p{Lu}|_)/u;

/**
 * Whether the name of a lock says what it guards: `modulesMu` the variable or field `modules` beside it.
 * Both are slots, `package.Type.field` or `package.variable`.
 */
export function isNamedAfter(lock: string, field: string): boolean {
  const [home, name] = split(lock);
  const [other, guarded] = split(field);
  if (home !== other || guarded === "") return false;
  return [name.replace(BEHIND, ""), name.replace(BEFORE, "")].some(
    (said) => said !== name && isAlike(said.toLowerCase(), guarded.toLowerCase()),
  );
}

/** `peer` and `peers` are one. */
function isAlike(said: string, field: string): boolean {
  return said === field || `${said}s` === field || said === `${field}s`;
}

function split(slot: string): readonly [string, string] {
  const dot = slot.lastIndexOf(".");
  return [slot.slice(0, dot), slot.slice(dot + 1)];
}
