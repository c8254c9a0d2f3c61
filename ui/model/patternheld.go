package model

import (
	"slices"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// held finds of which days the files speak in which the counted events stand.
func (p *Pattern) held() casework.Held {
	s := p.base.survey
	used := make([]bool, len(s.Sources))
	for _, list := range [][]int32{p.list, p.undated} {
		for _, i := range list {
			used[s.Source[i]] = true
		}
	}
	return casework.HeldBy(p.base.x, func(o timeline.Origin) (string, bool) {
		i := slices.Index(s.Sources, o)
		if i < 0 || !used[i] || o.Importer == incidentSource {
			return "", false
		}
		return p.base.sourceName(i), true
	})
}
