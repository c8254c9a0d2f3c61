package evidence

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// The subjects and details of the entries that the records are made from.
type (
	itemSubject struct {
		Item int64 `json:"item"`
	}
	batchSubject struct {
		Batch int64 `json:"batch"`
	}
	batchDetail struct {
		Note string `json:"note,omitempty"`
	}
	deleteDetail struct {
		Hash   Hash   `json:"sha256"`
		Reason string `json:"reason,omitempty"`
		Erased bool   `json:"erased"` // its key was destroyed: no other item is this original
	}
)

// apply works one journal entry into the records. Applied a second time it
// changes nothing, so that a replay may begin earlier than it must.
func (t *recordDraft) apply(e Entry) error {
	var err error
	switch Action(e.Action) {
	case ActionBatch:
		err = t.applyBatch(e)
	case ActionAdd:
		err = t.applyAdd(e)
	case ActionFinish:
		err = t.applyFinish(e)
	case ActionDelete:
		err = t.applyDelete(e)
	}
	if err != nil {
		return fmt.Errorf("entry %d: %w", e.Seq, err)
	}
	t.mark.Count, t.mark.Hash = e.Seq+1, Hash(e.Hash)
	return nil
}

func parts(e Entry, subject, detail any) error {
	return errors.Join(json.Unmarshal(e.Subject, subject), json.Unmarshal(e.Detail, detail))
}

func (t *recordDraft) applyBatch(e Entry) error {
	var s batchSubject
	var d batchDetail
	if err := parts(e, &s, &d); err != nil {
		return err
	}
	b, err := edit[BatchInfo](t, batchKey(s.Batch))
	if err != nil {
		return err
	}
	b.Number, b.Note, b.By, b.Started = s.Batch, d.Note, e.Actor, e.Time
	t.mark.Batches = max(t.mark.Batches, s.Batch)
	return nil
}

func (t *recordDraft) applyFinish(e Entry) error {
	var s batchSubject
	if err := json.Unmarshal(e.Subject, &s); err != nil {
		return err
	}
	b, err := edit[BatchInfo](t, batchKey(s.Batch))
	if err != nil {
		return err
	}
	b.Finished, b.Reconciliation = e.Time, e.Detail
	return nil
}

func (t *recordDraft) applyAdd(e Entry) error {
	it, d, err := itemOf(e)
	if err != nil {
		return err
	}
	t.made[itemKey(it.Number)] = &it
	t.mark.Items = max(t.mark.Items, it.Number)
	return errors.Join(t.place(it, d), t.count(it), t.enclose(it))
}

// place notes where the original of an item lies: where its latest adding says.
func (t *recordDraft) place(it Item, d addDetail) error {
	o, err := edit[placed](t, originalKey(it.Hash))
	if err != nil {
		return err
	}
	o.File, o.Size, o.Sealed, o.Gone = d.File, d.Size, d.Sealed, false
	o.Items = with(o.Items, it.Number)
	return nil
}

// count keeps the first, the last and the number of a batch's items. Items are
// worked in by rising number, so one that is not above the last was counted.
func (t *recordDraft) count(it Item) error {
	b, err := edit[BatchInfo](t, batchKey(it.Batch))
	if err != nil || it.Number <= b.Last {
		return err
	}
	if b.First == 0 {
		b.First = it.Number
	}
	b.Last = it.Number
	b.Items++
	return nil
}

func (t *recordDraft) enclose(it Item) error {
	if it.Parent == 0 {
		return nil
	}
	m, err := edit[members](t, memberKey(it.Parent))
	if err != nil {
		return err
	}
	m.Items = with(m.Items, it.Number)
	return nil
}

// with adds n to a rising list that may have it.
func with(list []int64, n int64) []int64 {
	at, found := slices.BinarySearch(list, n)
	if found {
		return list
	}
	return slices.Insert(list, at, n)
}

func (t *recordDraft) applyDelete(e Entry) error {
	var s itemSubject
	var d deleteDetail
	if err := parts(e, &s, &d); err != nil {
		return err
	}
	it, err := edit[Item](t, itemKey(s.Item))
	if err != nil {
		return err
	}
	it.Deleted = true
	o, err := edit[placed](t, originalKey(it.Hash))
	if err != nil {
		return err
	}
	o.Items = slices.DeleteFunc(o.Items, func(n int64) bool { return n == s.Item })
	o.Gone = o.Gone || d.Erased
	return nil
}
