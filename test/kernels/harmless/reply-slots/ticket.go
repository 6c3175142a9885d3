package kernel

const slotDepth = 1

func newTicket(key string) ticket {
	return ticket{key: key, slot: makeSlot()}
}

func makeSlot() chan result { return make(chan result, slotDepth) }
