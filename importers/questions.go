package importers

import (
	"context"
	"encoding/json"
	"fmt"

	"daybook/evidence"
	"daybook/timeline"
)

// Questions gives what acts of adding asked last about each item. One that is
// read by now was answered.
func Questions(ctx context.Context, c *evidence.Case) (map[int64]timeline.Question, error) {
	asked := map[int64]timeline.Question{}
	for b, err := range c.Batches(ctx) {
		if err != nil {
			return nil, err
		}
		if len(b.Reconciliation) == 0 {
			continue
		}
		var rec timeline.Reconciliation
		if err := json.Unmarshal(b.Reconciliation, &rec); err != nil {
			return nil, fmt.Errorf("act of adding %d: its reconciliation: %w", b.Number, err)
		}
		for _, q := range rec.Asks {
			asked[q.Item] = q
		}
	}
	return asked, nil
}
