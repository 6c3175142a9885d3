/** Methods of emitters that interfaces type anew, event by event. */
export const EMITTER_METHOD =
  /^(?:on|once|off|emit|(?:add|remove|prepend|prependOnce)Listener|removeAllListeners|eventNames|listeners|listenerCount)$/;
