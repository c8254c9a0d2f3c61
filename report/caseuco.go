package report

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"daybook/timeline"
)

// node is an object of the graph.
type node map[string]any

// The names that the graph is written with (CASE 1.x on UCO 1.x). kb is the
// namespace of this case: nothing is fetched from it.
var ontologies = node{
	"kb":            "urn:daybook:",
	"investigation": "https://ontology.caseontology.org/case/investigation/",
	"action":        "https://ontology.unifiedcyberontology.org/uco/action/",
	"core":          "https://ontology.unifiedcyberontology.org/uco/core/",
	"identity":      "https://ontology.unifiedcyberontology.org/uco/identity/",
	"observable":    "https://ontology.unifiedcyberontology.org/uco/observable/",
	"tool":          "https://ontology.unifiedcyberontology.org/uco/tool/",
	"types":         "https://ontology.unifiedcyberontology.org/uco/types/",
	"vocabulary":    "https://ontology.unifiedcyberontology.org/uco/vocabulary/",
	"xsd":           "http://www.w3.org/2001/XMLSchema#",
}

// writeCase writes exhibits and rows as a CASE/UCO graph in JSON-LD, for the
// tools of examiners: each exhibit with its number, name, size and hash and the
// act of adding it, each message and call with its accounts. Other rows are
// observations. A row that is left out of this pack is not in it.
func (b *Bundle) writeCase(to *bag) error {
	return to.create("data/case.jsonld", func(w io.Writer) error {
		g := graph{w: w, b: b, parties: map[string]bool{}}
		if err := g.open(); err != nil {
			return err
		}
		for i := range b.Exhibits {
			if err := g.exhibit(&b.Exhibits[i]); err != nil {
				return err
			}
		}
		for r, err := range b.Walk(to.ctx, b.first(), b.last()) {
			if err != nil {
				return err
			}
			if err := g.row(r); err != nil {
				return err
			}
		}
		_, err := io.WriteString(w, "\n]}\n")
		return err
	})
}

// graph is written object by object: it is never held.
type graph struct {
	w       io.Writer
	b       *Bundle
	begun   bool
	parties map[string]bool // whose objects are written
}

func (g *graph) open() error {
	names, err := json.Marshal(ontologies)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(g.w, "{\"@context\": %s,\n\"@graph\": [", names); err != nil {
		return err
	}
	return g.add(node{
		"@id": g.id("tool", ""), "@type": "tool:Tool",
		"core:name": "Daybook", "tool:version": g.b.Version,
	})
}

func (g *graph) add(n node) error {
	line, err := json.Marshal(n)
	if err != nil {
		return err
	}
	comma := ",\n"
	if !g.begun {
		comma = "\n"
	}
	g.begun = true
	_, err = fmt.Fprintf(g.w, "%s%s", comma, line)
	return err
}

// id names an object for ever: the ontologies ask for a UUID at its end, and
// two bundles of one moment are the same bytes, so that it is made of what it
// names (RFC 9562, version 8).
func (g *graph) id(kind, of string) string {
	u := sha256.Sum256([]byte(g.b.Case + "\x00" + kind + "\x00" + of))
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80
	return fmt.Sprintf("kb:%s-%x-%x-%x-%x-%x", kind, u[:4], u[4:6], u[6:8], u[8:10], u[10:16])
}

func (g *graph) ref(kind, of string) node { return node{"@id": g.id(kind, of)} }

func literal(kind, value string) node { return node{"@type": kind, "@value": value} }

func dateTime(t time.Time) node { return literal("xsd:dateTime", t.Format(time.RFC3339)) }

func integer(n int64) node { return literal("xsd:integer", fmt.Sprint(n)) }

// exhibit writes a file, its exhibit number and the act of adding it.
func (g *graph) exhibit(e *Exhibit) error {
	item := fmt.Sprint(e.Item)
	file := node{"@id": g.id("facet", "file "+item), "@type": "observable:FileFacet",
		"observable:fileName": e.Name, "observable:filePath": e.Path, "observable:sizeInBytes": integer(e.Size)}
	if !e.Modified.IsZero() {
		file["observable:modifiedTime"] = dateTime(e.Modified)
	}
	content := node{"@id": g.id("facet", "content "+item), "@type": "observable:ContentDataFacet",
		"observable:mimeType": e.Type, "observable:sizeInBytes": integer(e.Size)}
	if !e.NoSum {
		content["observable:hash"] = node{"@id": g.id("hash", item), "@type": "types:Hash",
			"types:hashMethod": literal("vocabulary:HashNameVocab", "SHA256"),
			"types:hashValue":  literal("xsd:hexBinary", e.Hash.String())}
	}
	for _, n := range []node{
		{"@id": g.id("file", item), "@type": "observable:File", "core:hasFacet": []node{file, content}},
		{"@id": g.id("provenance", item), "@type": "investigation:ProvenanceRecord",
			"core:description": e.Title, "investigation:exhibitNumber": e.Label, "core:object": g.ref("file", item)},
		{"@id": g.id("adding", item), "@type": "investigation:InvestigativeAction",
			"core:name": "added", "core:description": e.How, "action:startTime": dateTime(e.Added),
			"action:instrument": g.ref("tool", ""), "action:performer": g.ref("identity", e.By),
			"action:result": []node{g.ref("provenance", item), g.ref("file", item)}},
	} {
		if err := g.add(n); err != nil {
			return err
		}
	}
	return g.once("identity", e.By, node{"@type": "identity:Identity", "core:name": e.By})
}

// once writes an object the first time that it is named.
func (g *graph) once(kind, of string, n node) error {
	id := g.id(kind, of)
	if g.parties[id] {
		return nil
	}
	g.parties[id] = true
	n["@id"] = id
	return g.add(n)
}

// account is somebody as a row names them: a name and an address, not a person.
// Whose export it is stands in it without a name.
func (g *graph) account(p timeline.WireParty, item int64) (node, error) {
	name := party(timeline.Party{Name: p.Name, Address: p.Address}, visible)
	of := name
	if name == "" {
		name, of = sayOwner, fmt.Sprint("owner of ", item)
	}
	return g.ref("account", of), g.once("account", of, node{
		"@type": "observable:ObservableObject",
		"core:hasFacet": []node{{"@id": g.id("facet", "account "+of), "@type": "observable:AccountFacet",
			"observable:accountIdentifier": name}},
	})
}

// row writes a row, with the accounts between which it went and the file in
// which it stands.
func (g *graph) row(r Row) error {
	e := r.event()
	if r.LeftOut != "" {
		return nil
	}
	facet := node{"@id": g.id("facet", r.ID.String())}
	kind := "observable:Observation"
	switch e.Kind {
	case timeline.Message, timeline.Email, timeline.Post:
		kind, facet["@type"] = "observable:Message", "observable:MessageFacet"
		facet["observable:messageText"] = r.Text
		g.instant(facet, "observable:sentTime", e)
	case timeline.Call:
		kind, facet["@type"] = "observable:Call", "observable:CallFacet"
		g.instant(facet, "observable:startTime", e)
	default:
		facet = nil
	}
	n := node{"@id": g.id("row", r.ID.String()), "@type": kind, "core:name": fmt.Sprintf("%d. %s", r.Number, r.Kind),
		"core:description": r.described()}
	if facet == nil {
		g.instant(n, "action:startTime", e)
	} else if err := g.between(facet, r, e); err != nil {
		return err
	} else {
		n["core:hasFacet"] = []node{facet}
	}
	if err := g.add(n); err != nil || r.Label == "" {
		return err
	}
	return g.add(node{"@id": g.id("relationship", r.ID.String()), "@type": "observable:ObservableRelationship",
		"core:source": g.ref("row", r.ID.String()), "core:target": g.ref("file", fmt.Sprint(r.Item)),
		"core:kindOfRelationship": literal("vocabulary:ObservableObjectRelationshipVocab", "Contained_Within"),
		"core:isDirectional":      true})
}

// described is what a row says, and its time as its source has it.
func (r Row) described() string {
	said := r.Time.zoned()
	if r.Text != "" {
		said += ": " + r.Text
	}
	if r.With {
		said += " (" + colDirection + " " + sayNoDirection + ")"
	}
	return said
}

// instant writes a time that is known to an instant; any other stands in the
// description, in the words of its source.
func (g *graph) instant(n node, name string, e timeline.WireEvent) {
	if e.When.Instant != "" {
		n[name] = literal("xsd:dateTime", e.When.Instant)
	}
}

// between writes the accounts between which a row went. Nobody stands for an
// unknown sender.
func (g *graph) between(facet node, r Row, e timeline.WireEvent) error {
	if e.From != nil && *e.From != (timeline.WireParty{}) {
		from, err := g.account(*e.From, r.Item)
		if err != nil {
			return err
		}
		facet["observable:from"] = from
	}
	var to []node
	for _, who := range e.To {
		account, err := g.account(who, r.Item)
		if err != nil {
			return err
		}
		to = append(to, account)
	}
	if to != nil {
		facet["observable:to"] = to
	}
	return nil
}
