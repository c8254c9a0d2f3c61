package linkedin

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/table"
)

// owner finds the address and the name of the person whose export it is. Each
// is empty when the export does not say it.
func owner(ctx context.Context, s importers.Source) (address, name string, err error) {
	files, err := beside(s)
	if err != nil {
		return "", "", err
	}
	err = table.Look(ctx, s.FS, files["profile.csv"], table.Named("first name", "last name", "maiden name"), func(r table.Row) bool {
		name = strings.TrimSpace(undouble(r.Get("first name"), nil) + " " + undouble(r.Get("last name"), nil))
		return false
	})
	if err != nil {
		return "", "", err
	}
	if address, err = byInvitations(ctx, s, files["invitations.csv"]); err != nil || address != "" {
		return address, name, err
	}
	address, err = byMessages(ctx, s, files["messages.csv"])
	return address, name, err
}

// beside lists the files that lie with the source, by their plain names: exports
// differ in capitals.
func beside(s importers.Source) (map[string]string, error) {
	dir := path.Dir(s.Path)
	entries, err := fs.ReadDir(s.FS, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, errors.ErrUnsupported) {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	files := make(map[string]string, len(entries))
	for _, e := range entries {
		files[table.Plain(e.Name())] = path.Join(dir, e.Name())
	}
	return files, nil
}

// byInvitations is the address that every invitation says is the owner's.
func byInvitations(ctx context.Context, s importers.Source, file string) (own string, err error) {
	differ := false
	err = table.Look(ctx, s.FS, file, table.Named("from", "to", "direction", "inviterprofileurl", "inviteeprofileurl"), func(r table.Row) bool {
		url := ""
		switch direction(r) {
		case incoming:
			url = address(r.Get("inviteeprofileurl"))
		case outgoing:
			url = address(r.Get("inviterprofileurl"))
		}
		differ = differ || url != "" && own != "" && url != own
		if url != "" {
			own = url
		}
		return !differ
	})
	if differ {
		own = ""
	}
	return own, err
}

// byMessages is the one address that takes part in every message, where there
// are two others or more.
func byMessages(ctx context.Context, s importers.Source, file string) (own string, err error) {
	var in map[string]bool
	others := map[string]bool{}
	err = table.Look(ctx, s.FS, file, table.Named("sender profile url", "recipient profile urls"), func(r table.Row) bool {
		here := map[string]bool{}
		for _, url := range append(addresses(r.Get("recipient profile urls")), r.Get("sender profile url")) {
			if url = address(url); url != "" {
				here[url] = true
				others[url] = true
			}
		}
		if len(here) < 2 { // a member whose account is gone has no address
			return true
		}
		for url := range in {
			if !here[url] {
				delete(in, url)
			}
		}
		if in == nil {
			in = here
		}
		return len(in) > 0
	})
	if len(in) != 1 || len(others) < 3 {
		return "", err
	}
	for own = range in {
	}
	return own, err
}
