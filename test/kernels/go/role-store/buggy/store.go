package kernel

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
)

var errConflict = errors.New("conflicting role")

type binding struct {
	subject string
	roles   map[string]bool
}

type auditLine struct {
	subject string
	text    string
}

type roleStore struct {
	mu        sync.RWMutex
	bindings  map[string]*binding
	conflicts map[string]string
	trail     []auditLine
}

func newRoleStore() *roleStore {
	return &roleStore{
		bindings:  map[string]*binding{},
		conflicts: map[string]string{"auditor": "operator", "operator": "auditor"},
	}
}

func (s *roleStore) Grant(subject, role string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.bindings[subject]
	if !ok {
		b = &binding{subject: subject, roles: map[string]bool{}}
		s.bindings[subject] = b
	}
	if other := s.conflicts[role]; other != "" && b.roles[other] {
		return s.deny(subject, role, errConflict)
	}
	b.roles[role] = true
	s.trail = append(s.trail, auditLine{subject, "granted " + role})
	return nil
}

func (s *roleStore) Revoke(subject, role string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.bindings[subject]; b != nil {
		delete(b.roles, role)
		if len(b.roles) == 0 {
			delete(s.bindings, subject)
		}
	}
}

// Roles lists the roles of a subject in order.
func (s *roleStore) Roles(subject string) []string {
	s.mu.RLock()
	defer s.mu.RUnlock()

	b := s.bindings[subject]
	if b == nil {
		return nil
	}
	names := make([]string, 0, len(b.roles))
	for r := range b.roles {
		names = append(names, r)
	}
	sort.Strings(names)
	return names
}

func (s *roleStore) deny(subject, role string, cause error) error {
	text := fmt.Sprintf("denied %s: %s", role, s.describe(subject))
	s.trail = append(s.trail, auditLine{subject, text})
	return fmt.Errorf("grant %s to %s: %w", role, subject, cause)
}

func (s *roleStore) describe(subject string) string {
	roles := s.Roles(subject)
	if len(roles) == 0 {
		return subject + " has no roles"
	}
	return subject + " has " + strings.Join(roles, ", ")
}

// Run grants two roles that exclude each other.
func Run() {
	s := newRoleStore()
	_ = s.Grant("ana", "viewer")
	_ = s.Grant("ana", "operator")
	if err := s.Grant("ana", "auditor"); errors.Is(err, errConflict) {
		s.Revoke("ana", "operator")
	}
	_ = s.Grant("ana", "auditor")
	_ = s.Roles("ana")
}
