package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"daybook/assets/help"
	"daybook/assets/papers"
	"daybook/report"
)

// The groups in which help lists the commands.
const (
	keeping = "keeping"
	looking = "looking"
	handing = "handing"
)

// helps is what help says of a command beside its own words: the group it stands
// in, and how it is written.
var helps = map[string]struct{ group, example string }{
	"init":     {keeping, `daybook-cli init mycase --title "What happened" --zone Europe/London --actor "Maya K"`},
	"add":      {keeping, `daybook-cli add mycase.daybook "WhatsApp Chat with Dan.zip" photos/ --note "from my phone, exported today"`},
	"incident": {keeping, `daybook-cli incident mycase.daybook --occurred "2025-10-11 17:40" --text "He filmed me."`},
	"register": {keeping, `daybook-cli register mycase.daybook report --on 2025-10-12 --text "Told them of it." --set body=police`},
	"mark":     {keeping, `daybook-cli mark mycase.daybook 1f0c22ab --code FOLLOW`},
	"withhold": {keeping, `daybook-cli withhold mycase.daybook "12 High Street" --code ADDRESS`},
	"clock":    {keeping, `daybook-cli clock mycase.daybook --camera "Ring FrontDoor" --slow 7m --reason "compared with the telephone on 3 May"`},
	"delete":   {keeping, `daybook-cli delete mycase.daybook 12 --reason "added by mistake"`},

	"timeline":  {looking, `daybook-cli timeline mycase.daybook --from 2025-10-01 --to 2025-10-31 --person "Dan R" --search platform`},
	"triage":    {looking, `daybook-cli triage mycase.daybook`},
	"read":      {looking, `daybook-cli read mycase.daybook`},
	"alike":     {looking, `daybook-cli alike mycase.daybook`},
	"items":     {looking, `daybook-cli items mycase.daybook`},
	"people":    {looking, `daybook-cli people mycase.daybook`},
	"skips":     {looking, `daybook-cli skips mycase.daybook`},
	"journal":   {looking, `daybook-cli journal mycase.daybook --checkpoint`},
	"pattern":   {looking, `daybook-cli pattern mycase.daybook --by hour --kind call`},
	"occasions": {looking, `daybook-cli occasions mycase.daybook --split 1f0c22ab --reason "he came back"`},
	"course":    {looking, `daybook-cli course mycase.daybook`},
	"matrix":    {looking, `daybook-cli matrix mycase.daybook EW-PHA-2A`},
	"law":       {looking, `daybook-cli law EW-PHA-2A --at 2025-10-11`},
	"numbers":   {looking, `daybook-cli numbers`},
	"importers": {looking, `daybook-cli importers`},

	"bundle":     {handing, `daybook-cli bundle mycase.daybook --out bundle-for-police --initials MK`},
	"bundles":    {handing, `daybook-cli bundles mycase.daybook`},
	"compare":    {handing, `daybook-cli compare mycase.daybook`},
	"prepare":    {handing, `daybook-cli prepare mycase.daybook`},
	"statement":  {handing, `daybook-cli statement mycase.daybook --out statement.pdf`},
	"paper":      {handing, `daybook-cli paper mycase.daybook officer-brief`},
	"leaks":      {handing, `daybook-cli leaks mycase.daybook bundle-for-the-other-side`},
	"lint":       {handing, `daybook-cli lint bundle-for-police/data/bundle.pdf --profile EW-general-2021`},
	"profiles":   {handing, `daybook-cli profiles`},
	"export":     {handing, `daybook-cli export mycase.daybook 12 --out photo.jpg`},
	"check":      {handing, `daybook-cli check mycase.daybook`},
	"backup":     {handing, `daybook-cli backup mycase.daybook --out /media/stick/mycase`},
	"passphrase": {handing, `daybook-cli passphrase mycase.daybook --recovery-words`},
	"device":     {handing, `daybook-cli device mycase.daybook --name "my phone's computer" --out /media/stick/add-only`},
	"take":       {handing, `daybook-cli take mycase.daybook /media/stick/add-only`},
	"excerpt":    {handing, `daybook-cli excerpt bundle-for-police AB/3 --out one-photo`},
	"stamp":      {handing, `daybook-cli stamp bundle-for-police`},
	"anonymise":  {handing, `daybook-cli anonymise "WhatsApp Chat with Dan.zip" --out sample-to-send`},
	"demo":       {handing, `daybook-cli demo --out sample`},
}

// group puts the commands into their groups, each with how it is written.
func group(root *cobra.Command) {
	root.AddGroup(&cobra.Group{ID: keeping, Title: "Keep the record:"}, &cobra.Group{ID: looking, Title: "Look at it:"},
		&cobra.Group{ID: handing, Title: "Hand it over and keep it safe:"})
	for _, c := range root.Commands() {
		h, ok := helps[c.Name()]
		if !ok {
			continue
		}
		c.GroupID = h.group
		if !strings.Contains(c.Long, h.example[:len("daybook-cli ")+len(c.Name())]) {
			c.Example = "  " + h.example
		}
	}
}

// helpCommand explains a command, and says so when there is none of the name.
func helpCommand(root *cobra.Command) *cobra.Command {
	var page rolePage
	cmd := &cobra.Command{
		Use: "help [COMMAND | reporter | helper | officer | prosecutor]", Short: "Explain a command, or what somebody does with this program", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if found, err := page.write(cmd.Context(), root.OutOrStdout(), args); found || err != nil {
				return err
			}
			if page.out != "" {
				return use(errors.New("--out: writes the page of a role: reporter, helper, officer or prosecutor"))
			}
			c, _, err := root.Find(args)
			if err != nil || len(args) > 0 && c == root {
				return noCommand(args[0])
			}
			return c.Help()
		},
	}
	cmd.Flags().StringVar(&page.out, "out", "", "of a role: the `FILE` to write its page to, a PDF; it must be new")
	cmd.Flags().StringVar(&page.language, "language", papers.English, "of a role: `LANGUAGE`, en or cy")
	return cmd
}

// rolePage is how the page of a role is asked for.
type rolePage struct{ out, language string }

// write prints the page of a role, or writes it into a file, where one is asked for.
func (p rolePage) write(ctx context.Context, out io.Writer, args []string) (found bool, err error) {
	roles, of, err := help.Roles()
	if err != nil || len(args) != 1 {
		return false, err
	}
	i := slices.IndexFunc(roles, func(r help.Role) bool { return r.ID == args[0] })
	if i < 0 {
		return false, nil
	}
	language := strings.ToLower(p.language)
	words, err := papers.In(language)
	if err != nil {
		return true, use(fmt.Errorf("--language: %w", err))
	}
	if p.out != "" {
		err := writeNew(p.out, func(w io.Writer) error {
			_, err := report.WriteRole(ctx, w, roles[i], of, language)
			return err
		})
		if err != nil {
			return true, blocked(p.out, err)
		}
		_, err = fmt.Fprintf(out, "%s: %s\n", p.out, words.Say(roles[i].Title))
		return true, err
	}
	text := words.Say(roles[i].Title) + "\n"
	for n, l := range roles[i].Lines {
		text += fmt.Sprintf("  %d  %s%s\n", n+1, words.Say(l.Text), onlyIf(l.Command != "", " ("+l.Command+")"))
	}
	_, err = fmt.Fprintf(out, "%s\n%s\n(%s)\n", text, words.Say("To try it all on an invented case: daybook-cli demo --out sample"), words.Say(fmt.Sprint(of)))
	return true, err
}

func noCommand(name string) error {
	return use(fmt.Errorf("there is no command %q; daybook-cli help lists them", name))
}

// flagError says what is wrong with a flag, without how a number is parsed.
func flagError(c *cobra.Command, err error) error {
	what, _, _ := strings.Cut(err.Error(), ": strconv.")
	return use(fmt.Errorf("%s: %s (%s --help lists what there is)", c.Name(), what, c.CommandPath()))
}
