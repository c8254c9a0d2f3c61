package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/timeline"
)

const aboutDelete = `Delete an item: the key that opens it is destroyed, its file is removed, and its
events go from the timeline. That it was there stays in the record: its name, its
SHA-256, when and by whom it was added and deleted, and why. This cannot be undone.

Copies may remain on this disk, in backups and cloud sync, and where the file came
from.

Deleting may look like destroying evidence. If there is or may be a case, ask the
police, a solicitor or an advocate first. To keep something from the other side,
leave it out instead: mark CASE EVENT --leave-out REASON.`

func deleteCommand(t *terminal) *cobra.Command {
	var reason string
	var yes bool
	cmd := &cobra.Command{
		Use: "delete CASE ITEM", Short: "Delete an item for good; that it was there stays in the record", Args: cobra.ExactArgs(2), Long: aboutDelete,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			n, err := strconv.ParseInt(args[1], 10, 64)
			if err != nil {
				return use(fmt.Errorf("item %q: want its number, as items lists it", args[1]))
			}
			if strings.TrimSpace(reason) == "" {
				return use(errors.New("--reason: say why it is deleted; the reason stays in the record"))
			}
			if !yes && !t.interactive() {
				return use(fmt.Errorf("item %d: was not deleted; deleting cannot be undone, so a script must give --yes as well", n))
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			if x.Professional() {
				return fmt.Errorf("item %d: was not deleted; people work on this case by profession (register force), and then nothing in it is", n)
			}
			return t.delete(cmd.Context(), c, x, n, reason, yes)
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "`WHY`; it stays in the record")
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

// delete says what will be gone and what not, asks, and deletes.
func (t *terminal) delete(ctx context.Context, c *evidence.Case, x *timeline.Index, n int64, reason string, yes bool) error {
	it, err := c.Item(n)
	if err != nil {
		return fmt.Errorf("%w; the items command lists what there is", err)
	}
	if it.Deleted {
		return fmt.Errorf("item %d: it is deleted already; the items command says when and why", n)
	}
	events, err := x.EventsOf(ctx, n)
	if err != nil {
		return err
	}
	t.say("Item %d, %s, and the %s read from it: deleting cannot be undone.\nCopies may remain on this disk, in backups and cloud sync. Deleting may look like destroying evidence.",
		n, visible(it.Path), count(events.Len(), "event"))
	if err := t.sayWhatStays(ctx, c, it); err != nil {
		return err
	}
	if !yes {
		if said, err := t.line(fmt.Sprintf("Type %d to delete it, anything else to keep it: ", n)); err != nil || said != strconv.FormatInt(n, 10) {
			return errors.Join(fmt.Errorf("item %d: was not deleted", n), err)
		}
	}
	if err := erase(ctx, c, x, n, reason); err != nil {
		return err
	}
	if t.json {
		return t.emit(map[string]any{"item": n, "sha256": it.Hash, "deleted": true, "reason": reason, "events": events.Len()})
	}
	fmt.Fprintf(t.out, "Item %d is deleted, and %s with it. The record keeps that it was there, and why it was deleted.\n", n, count(events.Len(), "event"))
	return nil
}

// sayWhatStays names what else in the case holds the same bytes, or came out of
// them.
func (t *terminal) sayWhatStays(ctx context.Context, c *evidence.Case, it evidence.Item) error {
	var same, out []string
	for o, err := range c.Items(ctx) {
		if err != nil {
			return err
		}
		switch {
		case o.Deleted || o.Number == it.Number:
		case o.Number == it.Parent:
			t.say("It came in item %d, %s, which stays and still holds it.", o.Number, visible(o.Path))
		case o.Hash == it.Hash:
			same = append(same, strconv.FormatInt(o.Number, 10))
		case o.Parent == it.Number:
			out = append(out, strconv.FormatInt(o.Number, 10))
		}
	}
	if len(same) > 0 {
		t.say("The same file is also item %s, which stays, so that its bytes stay as well.", some(same))
	}
	if len(out) > 0 {
		t.say("What came out of it stays: item %s.", some(out))
	}
	return nil
}

// erase deletes an item, and its events from the index, even when its file could
// not be destroyed at once.
func erase(ctx context.Context, c *evidence.Case, x *timeline.Index, n int64, reason string) error {
	err := c.Delete(ctx, n, reason)
	if it, itemErr := c.Item(n); itemErr != nil || !it.Deleted {
		return errors.Join(err, itemErr)
	}
	return errors.Join(err, x.Forget(ctx))
}

// tombstone is what stays of a deletion.
type tombstone struct {
	Entry  uint64    `json:"entry"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
}

// tombstones reads from the journal what was deleted, by item.
func tombstones(ctx context.Context, c *evidence.Case) (map[int64]tombstone, error) {
	out := map[int64]tombstone{}
	for e, err := range c.Journal(ctx) {
		if err != nil {
			return nil, err
		}
		if e.Action != string(evidence.ActionDelete) {
			continue
		}
		var of struct {
			Item int64 `json:"item"`
		}
		stone := tombstone{Entry: e.Seq, At: e.Time, By: e.Actor}
		if err := errors.Join(json.Unmarshal(e.Subject, &of), json.Unmarshal(e.Detail, &stone)); err != nil {
			return nil, fmt.Errorf("journal entry %d: %w", e.Seq, err)
		}
		out[of.Item] = stone
	}
	return out, nil
}
