package kernel

import (
	"errors"
	"sync"
	"time"
)

// ErrExceeded is returned when a tenant wants too much.
var ErrExceeded = errors.New("quota exceeded")

// Grant is an amount somebody holds until it ends.
type Grant struct {
	Tenant string
	Amount int
	Until  time.Time
}

// Keeper shares one amount between tenants.
type Keeper struct {
	mu     sync.Mutex
	total  int
	grants []Grant
	shares map[string]int
	now    func() time.Time
}

// NewKeeper returns a keeper of an amount.
func NewKeeper(total int) *Keeper {
	return &Keeper{total: total, shares: make(map[string]int), now: time.Now}
}

// SetShare limits a tenant.
func (k *Keeper) SetShare(tenant string, amount int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.shares[tenant] = amount
}

// Take asks for an amount.
func (k *Keeper) Take(tenant string, amount int, keep time.Duration) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.fits(tenant, amount) {
		k.expire()
		if !k.fits(tenant, amount) {
			return ErrExceeded
		}
	}
	k.grants = append(k.grants, Grant{tenant, amount, k.now().Add(keep)})
	return nil
}

func (k *Keeper) fits(tenant string, amount int) bool {
	if share, ok := k.shares[tenant]; ok && k.held(tenant)+amount > share {
		return false
	}
	return k.held("")+amount <= k.total
}

func (k *Keeper) held(tenant string) int {
	sum := 0
	for _, grant := range k.grants {
		if tenant == "" || grant.Tenant == tenant {
			sum += grant.Amount
		}
	}
	return sum
}

func (k *Keeper) expire() {
	now := k.now()
	for i := len(k.grants) - 1; i >= 0; i-- {
		if now.After(k.grants[i].Until) {
			k.drop(i)
		}
	}
}

func (k *Keeper) drop(i int) {
	grant := k.grants[i]
	k.Return(grant.Tenant, grant.Amount)
}

// Return gives an amount back before it ends.
func (k *Keeper) Return(tenant string, amount int) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, grant := range k.grants {
		if grant.Tenant == tenant && grant.Amount == amount {
			k.grants = append(k.grants[:i], k.grants[i+1:]...)
			return true
		}
	}
	return false
}

// Run takes more than there is.
func Run() {
	keeper := NewKeeper(10)
	keeper.SetShare("build", 8)
	_ = keeper.Take("build", 6, time.Millisecond)
	_ = keeper.Take("test", 3, time.Hour)
	_ = keeper.Return("test", 3)
	time.Sleep(5 * time.Millisecond)
	_ = keeper.Take("deploy", 7, time.Hour)
}
