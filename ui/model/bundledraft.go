package model

import (
	"encoding/json"
	"errors"
	"fmt"

	"daybook/evidence"
)

// A bundle that is being put together is kept in the case, so that a lock or a
// look at another page costs none of it.
const (
	handoverStore = "handover"
	handoverKey   = "begun"
)

// Begun gives the choices of a bundle that was not finished; the zero value
// where there is none.
func (d *Desk) Begun() (h Handover, err error) {
	c, _, err := d.held()
	if err != nil {
		return h, err
	}
	data, err := c.Store(handoverStore).Get([]byte(handoverKey))
	if errors.Is(err, evidence.ErrNotFound) || errors.Is(err, evidence.ErrDamaged) {
		return Handover{}, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &h)
	}
	if err != nil {
		return Handover{}, fmt.Errorf("the bundle that was begun: %w", err)
	}
	return h, nil
}

// KeepBegun keeps the choices. A case that can only be read keeps none.
func (d *Desk) KeepBegun(h Handover) error {
	c, _, err := d.held()
	if err != nil {
		return err
	}
	if readOnly, _ := c.ReadOnly(); readOnly {
		return nil
	}
	data, err := json.Marshal(h)
	if err != nil {
		return err
	}
	return c.Store(handoverStore).Put([]byte(handoverKey), data)
}
