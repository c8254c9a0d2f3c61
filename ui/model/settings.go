package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
)

// Settings are what a person chose for the window. They are kept sealed inside
// the case, so that nothing about it stands readable on the disk; when the
// working store has to be made again they are the usual ones again.
type Settings struct {
	Look    string        `json:"look"`    // a name of Looks
	Text    int           `json:"text"`    // per cent: one of TextSizes
	Idle    time.Duration `json:"idle"`    // lock after so long without a sign of life: one of IdleTimes
	Hide    string        `json:"hide"`    // the key that hides: a name of HideKeys
	Title   string        `json:"title"`   // of the window
	Country string        `json:"country"` // whose help numbers come first
	Clear   bool          `json:"clear"`   // pictures stand as they are, not blurred until they are asked for
	Notice  int           `json:"notice"`  // version of the disclosure notice that was read; 0: none
}

// Looks are the ways the window can look.
func Looks() []string { return []string{"system", "light", "dark", "contrast"} }

// TextSizes are the sizes of text, in per cent.
func TextSizes() []int { return []int{100, 125, 150, 175, 200} }

// IdleTimes are how long the window may stand unused before it locks.
func IdleTimes() []time.Duration {
	return []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 20 * time.Minute, 30 * time.Minute}
}

// HideKeys are the keys that hide the window when they are pressed three times
// within a second; "off": none does.
func HideKeys() []string { return []string{"shift", "ctrl", "alt", "off"} }

// Titles are names for the window that tell nothing.
func Titles() []string { return []string{"Notes", "Recipes", "Household", "Garden"} }

// DefaultSettings is what holds where nothing was chosen.
func DefaultSettings() Settings {
	return Settings{Look: "system", Text: 100, Idle: 2 * time.Minute, Hide: "shift", Title: "Notes", Country: "england-wales"}
}

// Fit puts the usual choice where one is none of those there are.
func (s Settings) Fit() Settings {
	usual := DefaultSettings()
	if !slices.Contains(Looks(), s.Look) {
		s.Look = usual.Look
	}
	if !slices.Contains(TextSizes(), s.Text) {
		s.Text = usual.Text
	}
	if !slices.Contains(IdleTimes(), s.Idle) {
		s.Idle = usual.Idle
	}
	if !slices.Contains(HideKeys(), s.Hide) {
		s.Hide = usual.Hide
	}
	s.Title = strings.TrimSpace(oneLine(s.Title))
	if s.Title == "" || len([]rune(s.Title)) > 40 {
		s.Title = usual.Title
	}
	return s
}

const settingsStore = "settings"

const settingsKey = "window"

// Settings gives what was chosen in the open case, or begin where nothing was.
func (d *Desk) Settings(begin Settings) (Settings, error) {
	c, _, err := d.held()
	if err != nil {
		return begin, err
	}
	data, err := c.Store(settingsStore).Get([]byte(settingsKey))
	if errors.Is(err, evidence.ErrNotFound) || errors.Is(err, evidence.ErrDamaged) {
		return begin, nil
	}
	s := begin
	s.Notice = 0 // that of another case was read there
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err != nil {
		return begin, err
	}
	return s.Fit(), nil
}

// Keep keeps in the open case what was chosen anew, beside what was chosen there
// before. What only happens to hold is not chosen: where the window is begun
// otherwise, it is otherwise.
func (d *Desk) Keep(was, now Settings) error {
	c, _, err := d.held()
	if err != nil {
		return err
	}
	kept, err := d.keptSettings(c)
	if err != nil {
		return err
	}
	before, err := fields(was)
	if err != nil {
		return err
	}
	after, err := fields(now.Fit())
	if err != nil {
		return err
	}
	for name, value := range after {
		if !bytes.Equal(value, before[name]) {
			kept[name] = value
		}
	}
	data, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return c.Store(settingsStore).Put([]byte(settingsKey), data)
}

// keptSettings are the fields that were chosen in a case.
func (d *Desk) keptSettings(c *evidence.Case) (map[string]json.RawMessage, error) {
	kept := map[string]json.RawMessage{}
	data, err := c.Store(settingsStore).Get([]byte(settingsKey))
	if errors.Is(err, evidence.ErrNotFound) || errors.Is(err, evidence.ErrDamaged) {
		return kept, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &kept)
	}
	return kept, err
}

func fields(s Settings) (map[string]json.RawMessage, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	out := map[string]json.RawMessage{}
	return out, json.Unmarshal(data, &out)
}
