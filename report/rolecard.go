package report

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"daybook/assets/dated"
	"daybook/assets/help"
	"daybook/assets/papers"
)

// WriteRole lays the page of a role out as a paper of its own, which is of no case:
// what somebody does with this program, and with which command.
func WriteRole(ctx context.Context, w io.Writer, r help.Role, of dated.Issue, language string) (pages int, err error) {
	words, err := papers.In(language)
	if err != nil {
		return 0, err
	}
	made, err := time.Parse(time.DateOnly, of.Version)
	if err != nil {
		return 0, fmt.Errorf("role %s: its version: %w", r.ID, err)
	}
	title, look := words.Say(r.Title), General
	look.Lang = cmp.Or(language, look.Lang)
	b := &Bundle{Zone: time.UTC, Pack: Full, Profile: look, Moment: Moment{Time: made},
		head: fmt.Sprintf(words.Say(headPaper), title, of.Version, words.Say(of.Author), of.ReviewBy)}
	return b.alone(ctx, w, title, nil, Section{Title: title, Anchor: "role", Blocks: roleBlocks(words, r)})
}

// roleBlocks are the lines of a role, each above its command, and how all of it is tried.
func roleBlocks(words papers.Translation, r help.Role) []Block {
	p := Paper{words: words}
	var blocks []Block
	for i, l := range r.Lines {
		runs := append(quote(strconv.Itoa(i+1)+".  "), say(l.Text)...)
		if l.Command != "" {
			runs = append(runs, Run{Text: "\n" + l.Command, Mono: true, Evidence: true})
		}
		blocks = append(blocks, Para{runs, Lead})
	}
	return append(spoken(words, append(blocks, p.notRead()...)), para(fmt.Sprintf(p.in(sayPaperTry), "daybook-cli demo --out sample")))
}
