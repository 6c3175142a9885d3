/** Text of a function that may start a goroutine: by a statement, by a group, by a timer. */
export const STARTING = /\bgo\b|\.(?:Try)?Go\(|AfterFunc\(/;
