package report

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"daybook/evidence"
)

// Container is a file in which exhibits came, such as the zip that left the
// telephone. No row comes from it, so it is no exhibit.
type Container struct {
	Item     int64
	Name     string
	Size     int64
	Hash     evidence.Hash
	Entry    uint64 // of the journal: when it was added
	File     string // where its bytes are in the bundle; empty when they are not in it
	Withheld string // why they are not
}

// MostContainer is how large a container may be that a full pack holds, unless
// the selection says otherwise: what it holds is in the pack already.
const MostContainer = 256 << 20

// containers finds what the exhibits of a full pack came in.
func (p *planner) containers(ctx context.Context) error {
	if p.b.Pack == Served {
		return nil // it holds more than a served pack shows, and its name is beside what came in it
	}
	part, err := p.withDeleted(ctx)
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, e := range p.b.Exhibits {
		seen[e.Item] = true
	}
	for _, e := range p.b.Exhibits {
		for n := e.Item; n > 0; {
			item, err := p.c.Item(n)
			if err != nil {
				return fmt.Errorf("item %d: %w", n, err)
			}
			if !seen[n] {
				seen[n] = true
				p.b.Containers = append(p.b.Containers, p.container(item, part[n]))
			}
			n = item.Parent
		}
	}
	slices.SortFunc(p.b.Containers, func(a, b Container) int { return int(a.Item - b.Item) })
	return nil
}

func (p *planner) container(item evidence.Item, part bool) Container {
	c := Container{Item: item.Number, Name: visible(item.Name), Size: item.Size, Hash: item.Hash, Entry: item.Seq}
	most := p.sel.Containers
	if most == 0 {
		most = MostContainer
	}
	switch {
	case item.Deleted:
		c.Withheld = sayDeleted
	case part:
		c.Withheld = sayContainerDeleted
	case p.family.holds[item.Number]:
		c.Withheld = sayContainerFamily
	case p.chosen != nil:
		c.Withheld = sayContainerMore
	case most < 0:
		c.Withheld = sayContainerNone
	case item.Size > most:
		c.Withheld = sayContainerLarge
	default:
		c.File = fileName("data/originals", item.Number, item.Hash.String(), extension(item.Name, item.Type))
	}
	return c
}

// withDeleted tells of which items something inside was deleted: their bytes
// still have it.
func (p *planner) withDeleted(ctx context.Context) (map[int64]bool, error) {
	part := map[int64]bool{}
	for item, err := range p.c.Items(ctx) {
		if err != nil {
			return nil, err
		}
		for up := item.Parent; item.Deleted && up > 0; {
			part[up] = true
			parent, err := p.c.Item(up)
			if err != nil {
				return nil, fmt.Errorf("item %d: %w", up, err)
			}
			up = parent.Parent
		}
	}
	return part, nil
}

// containerBlocks list the containers with where each is.
func (b *Bundle) containerBlocks() []Block {
	if len(b.Containers) == 0 {
		return nil
	}
	t := table("", Col{"Item", 0.8}, Col{"File", 3}, Col{"Size in bytes", 1.4}, Col{"SHA-256", 5.4}, Col{"Where it is", 3}).counting("Size in bytes")
	var l []Line
	for _, c := range b.Containers {
		l = append(l, line("", number(int(c.Item)), quote(c.Name), say(strconv.FormatInt(c.Size, 10)), mono(twoLines(c.Hash.String())), say(c.where())))
	}
	t.Rows = lines(l)
	return []Block{para(sayContainers), t}
}

// where tells where a container is. What was deleted is nowhere.
func (c Container) where() string {
	switch {
	case c.File != "":
		return fileHere(c.Name, c.File)
	case c.Withheld == sayDeleted:
		return sayDeleted
	}
	return fmt.Sprintf(sayContainerKept, c.Withheld)
}
