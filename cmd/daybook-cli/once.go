package main

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// once is the value of a flag that holds one: the library keeps the last of two without a
// word, and the first would be lost.
type once struct {
	pflag.Value
	given bool
}

func (v *once) Set(s string) error {
	if v.given {
		return errors.New("it was given twice and takes one; give the second in a command of its own")
	}
	v.given = true
	return v.Value.Set(s)
}

// takeOnce lets each flag of a command and of those below it that holds one value be
// given once.
func takeOnce(c *cobra.Command) {
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		_, several := f.Value.(pflag.SliceValue)
		if _, done := f.Value.(*once); !several && !done && f.Value.Type() != "bool" {
			f.Value = &once{Value: f.Value}
		}
	})
	for _, below := range c.Commands() {
		takeOnce(below)
	}
}
