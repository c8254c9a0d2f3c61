package model

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"daybook/assets/law"
	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline/casework"
)

// codeTitles are the titles of the codes of behaviour that the law of a case has.
func codeTitles(ctx context.Context, c *evidence.Case) (map[string]string, error) {
	l, err := casework.LawOf(ctx, c, 0)
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, b := range l.Behaviours() {
		titles[b.Code] = b.Title
	}
	return titles, nil
}

// titledCode is a code with its title, where it has one.
func titledCode(code string, titles map[string]string) string {
	if title := titles[code]; title != "" {
		return code + ": " + oneLine(title)
	}
	return oneLine(code)
}

// LawPack is a law from outside that was read and is not kept yet.
type LawPack struct {
	Facts []Fact // what it says it is, and who signed it

	data []byte
	key  ed25519.PublicKey
}

// mostLaw is how much of a file is read of a law: more than any may have.
const mostLaw = 16 << 20

// ReadLaw reads a signed law from a file. Nothing of it is read before its signature
// holds, and nothing is kept.
func (d *Desk) ReadLaw(ctx context.Context, path string) (p LawPack, err error) {
	c, _, err := d.held()
	if err != nil {
		return p, err
	}
	if p.key, err = d.lawKey(); err != nil {
		return p, err
	}
	f, err := os.Open(path)
	if err != nil {
		return p, fmt.Errorf("the file cannot be read: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if p.data, err = io.ReadAll(io.LimitReader(f, mostLaw)); err != nil {
		return p, fmt.Errorf("the file cannot be read: %w", err)
	}
	pack, err := law.Load(p.data, p.key)
	if err != nil {
		return p, err
	}
	now, err := casework.LawOf(ctx, c, 0)
	if err != nil {
		return p, err
	}
	print, err := keys.Fingerprint(p.key)
	if err != nil {
		return p, err
	}
	p.Facts = []Fact{{"The law of", oneLine(pack.Name)}, {"Version", readableDay(pack.Version)}, {"Made by", oneLine(pack.Author)},
		{"What is new", oneLine(pack.Changed)}, {"Signed by the key", print}}
	if i := slices.IndexFunc(now.Packs, func(own law.Pack) bool { return own.ID == pack.ID }); i >= 0 {
		p.Facts = append(p.Facts, Fact{"It takes the place of", "version " + readableDay(now.Packs[i].Version)})
	}
	return p, nil
}

func (d *Desk) lawKey() (ed25519.PublicKey, error) {
	if d.LawKey != nil {
		return d.LawKey, nil
	}
	return law.Key()
}

// TakeLaw keeps a law in the case, which goes by it from then on.
func (d *Desk) TakeLaw(ctx context.Context, p LawPack) error {
	c, _, err := d.writable()
	if err != nil {
		return err
	}
	_, err = casework.KeepLaw(ctx, c, p.data, p.key)
	return err
}

// LawInUse says by which laws the case goes, and who put those there that did not
// come with the program.
func (d *Desk) LawInUse(ctx context.Context) (list []string, err error) {
	c, _, err := d.held()
	if err != nil {
		return nil, err
	}
	l, err := casework.LawOf(ctx, c, 0)
	if err != nil {
		return nil, err
	}
	for _, p := range l.Packs {
		line := fmt.Sprintf("%s: version %s, by %s", oneLine(p.Name), readableDay(p.Version), oneLine(p.Author))
		for _, k := range l.Kept {
			if k.Law == p.ID && k.Version == p.Version {
				line += fmt.Sprintf("; kept in the case on %s by %s, entry %d", readableDay(k.At.In(c.Zone()).Format(time.DateOnly)), oneLine(k.By), k.Entry)
			}
		}
		list = append(list, line)
	}
	return list, nil
}
