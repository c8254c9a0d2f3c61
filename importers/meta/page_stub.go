package meta

import "daybook/importers"

func timeInside(head []byte) bool { return false }
func (r *reader) page() error     { return importers.ErrNotMine }
func (r *reader) oldPage() error  { return importers.ErrNotMine }
