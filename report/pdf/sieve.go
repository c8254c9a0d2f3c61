package pdf

import (
	"maps"
	"slices"
	"strings"

	"daybook/report/pdf/object"
)

// A file may keep in one dictionary what all its pages draw with. Where a page must not
// come along with another (Foreign.Apart), each takes what its own content names.

// sieved are resources of which those alone are left that their content names.
type sieved object.Dict

// sieve leaves of resources what contents name, and what drawings name that are drawn
// with the resources of whoever draws them.
func (c *copier) sieve(resources object.Dict, contents ...[]byte) sieved {
	names := map[object.Name]bool{}
	for _, content := range contents {
		c.names(content, resources, names, 0)
	}
	out := sieved{}
	for _, key := range painting {
		kept := object.Dict{}
		for name, v := range c.file.Dict(resources[key]) {
			if names[name] || key == "ColorSpace" && strings.HasPrefix(string(name), "Default") { // which nobody names
				kept[name] = v
			}
		}
		if len(kept) > 0 {
			out[key] = kept
		}
	}
	return out
}

// names notes the names that stand in a content.
func (c *copier) names(content []byte, resources object.Dict, names map[object.Name]bool, depth int) {
	l := object.NewLexer(content)
	drawings := c.file.Dict(resources["XObject"])
	for {
		v, err := l.Next()
		if err != nil {
			return
		}
		switch v := v.(type) {
		case object.Operator:
			if v == "ID" {
				skipInline(l)
			}
		case object.Name:
			if names[v] {
				continue
			}
			names[v] = true
			s := c.file.Stream(drawings[v])
			if s == nil || depth == mostFineDepth || s.Dict["Resources"] != nil || c.file.Name(s.Dict["Subtype"]) != "Form" {
				continue
			}
			if within, err := c.file.Data(s, mostContent); err == nil {
				c.names(within, resources, names, depth+1)
			}
		}
	}
}

// typed gives a font whose letters are drawn by contents of their own with what these
// name; everything else as it is.
func (c *copier) typed(v any) any {
	font, _ := v.(object.Dict)
	if !c.apart || c.file.Name(font["Subtype"]) != "Type3" || font["Resources"] == nil {
		return v
	}
	var contents [][]byte
	letters := c.file.Dict(font["CharProcs"])
	for _, name := range slices.Sorted(maps.Keys(letters)) {
		if s := c.file.Stream(letters[name]); s != nil {
			if content, err := c.file.Data(s, mostContent); err == nil {
				contents = append(contents, content)
			}
		}
	}
	font = maps.Clone(font)
	font["Resources"] = c.sieve(c.file.Dict(font["Resources"]), contents...)
	return font
}
