package casework

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"daybook/assets/law"
	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

// A law pack from outside lies in the case as an item, signed as it came, and the
// journal names it. Its signature is checked whenever it is read.

// ActionLaw is the journal's word for keeping a law pack.
const ActionLaw evidence.Action = "law"

// HowKept is how the item of a law pack came into the case.
const HowKept = "kept by the program as the law of the case"

// Kept is a law pack from outside that a case keeps.
type Kept struct {
	Law     string        `json:"law"` // the jurisdiction
	Version string        `json:"version"`
	Author  string        `json:"author"`
	Signer  string        `json:"signed_by"` // the fingerprint of the key
	Key     []byte        `json:"key"`
	Item    int64         `json:"item"`
	SHA256  evidence.Hash `json:"sha256"`

	Entry uint64    `json:"-"`
	By    string    `json:"-"` // who loaded it
	At    time.Time `json:"-"`
}

// Law is what a case goes by: the program's own packs, and in their place those
// that were kept in the case and are as new.
type Law struct {
	Packs []law.Pack
	Kept  []Kept // every one, the first one first
}

// LawOf is the law of a case as its journal has it before an entry; 0: now.
func LawOf(ctx context.Context, c *evidence.Case, before uint64) (l Law, err error) {
	if l.Packs, err = law.All(); err != nil {
		return l, err
	}
	for e, err := range c.Journal(ctx) {
		if err != nil {
			return l, err
		}
		if before != 0 && e.Seq >= before {
			break
		}
		if e.Action != string(ActionLaw) {
			continue
		}
		if err := l.read(c, e); err != nil {
			return l, fmt.Errorf("law, entry %d: %w", e.Seq, err)
		}
	}
	return l, nil
}

// read works a kept pack in. The program's own stays where it is newer.
func (l *Law) read(c *evidence.Case, e evidence.Entry) error {
	k := Kept{Entry: e.Seq, By: e.Actor, At: e.Time}
	if err := json.Unmarshal(e.Detail, &k); err != nil {
		return err
	}
	data, err := original(c, k.SHA256)
	if err != nil {
		return fmt.Errorf("item %d: %w", k.Item, err)
	}
	p, err := law.Load(data, k.Key)
	if err != nil {
		return fmt.Errorf("item %d: %w", k.Item, err)
	}
	l.Kept = append(l.Kept, k)
	packs, err := law.With(l.Packs, p)
	if errors.Is(err, law.ErrOlder) {
		return nil
	}
	l.Packs = packs
	return err
}

func original(c *evidence.Case, h evidence.Hash) (data []byte, err error) {
	o, err := c.Original(h)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	return io.ReadAll(o)
}

// KeepLaw keeps a signed pack in a case, to be used from then on. One that is not
// newer than what the case goes by is refused.
func KeepLaw(ctx context.Context, c *evidence.Case, data []byte, signer ed25519.PublicKey) (Kept, error) {
	p, err := law.Load(data, signer)
	if err != nil {
		return Kept{}, err
	}
	now, err := LawOf(ctx, c, 0)
	if err != nil {
		return Kept{}, err
	}
	if i := slices.IndexFunc(now.Packs, func(own law.Pack) bool { return own.ID == p.ID }); i >= 0 && p.Version <= now.Packs[i].Version {
		return Kept{}, fmt.Errorf("law %s: the pack is of %s, and the case goes by that of %s: %w", p.ID, p.Version, now.Packs[i].Version, law.ErrOlder)
	}
	print, err := keys.Fingerprint(signer)
	if err != nil {
		return Kept{}, fmt.Errorf("law %s: %w", p.ID, err)
	}
	name := fmt.Sprintf("%s-%s.law", p.ID, p.Version)
	item, err := c.Add(ctx, bytes.NewReader(data), evidence.Provenance{Name: name, Path: name, Type: "text/plain", Size: int64(len(data)), How: HowKept})
	if err != nil {
		return Kept{}, fmt.Errorf("law %s: %w", p.ID, err)
	}
	k := Kept{Law: p.ID, Version: p.Version, Author: p.Author, Signer: print, Key: signer, Item: item.Number, SHA256: item.Hash}
	e, err := c.Record(ctx, ActionLaw, map[string]int64{"item": item.Number}, k)
	k.Entry, k.By, k.At = e.Seq, e.Actor, e.Time
	return k, err
}

// Pack is the pack that has an offence.
func (l Law) Pack(offence string) (law.Pack, error) {
	for _, p := range l.Packs {
		if _, err := p.Offence(offence); err == nil {
			return p, nil
		}
	}
	return law.Pack{}, fmt.Errorf("offence %q: %w", offence, ErrNoOffence)
}

// ErrNoOffence means that no pack has an offence of the name.
var ErrNoOffence = errors.New("there is none of this name; law lists them")

// Order is an order of the law by its ID, as it stood on a day.
func (l Law) Order(id string, on time.Time) (law.Order, bool) {
	for _, p := range l.Packs {
		for _, o := range p.Orders {
			if strings.EqualFold(o.ID, id) && o.At(on) {
				return o, true
			}
		}
	}
	return law.Order{}, false
}

// Rule is a rule of the law by its ID, as it stood on a day.
func (l Law) Rule(id string, on time.Time) (law.Rule, bool) {
	for _, p := range l.Packs {
		if r, ok := p.At(on).Rule(id); ok {
			return r, true
		}
	}
	return law.Rule{}, false
}

// Versions are the versions of the packs by jurisdiction.
func (l Law) Versions() Versions {
	of := Versions{}
	for _, p := range l.Packs {
		of[p.ID] = p.Version
	}
	return of
}

// Versions are versions of law packs by jurisdiction.
type Versions map[string]string

// String names them in a line.
func (v Versions) String() string {
	var s []string
	for _, id := range slices.Sorted(maps.Keys(v)) {
		s = append(s, id+" of "+v[id])
	}
	return strings.Join(s, ", ")
}

// Words are the codes that packs add in a word or two.
func (l Law) Words() map[string]string {
	words := map[string]string{}
	for _, b := range l.Behaviours()[len(timeline.Behaviours()):] {
		words[b.Code] = b.Short
	}
	return words
}

// Behaviours are the codes that can be given: those that every program knows, and
// then those that a pack adds.
func (l Law) Behaviours() []timeline.Behaviour {
	all := timeline.Behaviours()
	for _, p := range l.Packs {
		for _, b := range p.Behaviours {
			if !slices.ContainsFunc(all, func(k timeline.Behaviour) bool { return k.Code == b.Code }) {
				all = append(all, timeline.Behaviour{Code: b.Code, Short: b.Short, Title: b.Label})
			}
		}
	}
	return all
}
