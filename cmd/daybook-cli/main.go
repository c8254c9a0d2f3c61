// Command daybook-cli does Daybook's work in a terminal: it makes a case, adds
// files, lists and searches the timeline, writes and checks bundles. It holds
// no logic of its own. Results go to standard output (with --json as JSON,
// lists one object a line), progress and messages to standard error.
//
// Exit codes: 0 done; 1 failed; 2 wrong use; 3 done, but not everything could
// be read; 4 there is damage that could not be healed, or a phrase that was
// noted is not in the record. What was healed is named, and is no failure.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	_ "time/tzdata" // zones, where the system has none

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/evidence/journal"
	"daybook/evidence/keys"
	"daybook/importers/worker"
)

// The exit codes beside 0 and 1.
const (
	exitFailed  = 1
	exitUse     = 2
	exitPartial = 3
	exitDamage  = 4
)

// memory is what the program tries to keep to, on laptops of 4 GiB: above it
// the collector works harder. It is no hard limit. Below it the collector waits until
// garbage is so much of what is in use, in per cent: else it takes a tenth of the time in
// which a bundle is written.
const (
	memory  = 256 << 20
	garbage = 400
)

// exit is an error that names its own exit code.
type exit struct {
	code int
	err  error
}

func (e exit) Error() string { return e.err.Error() }
func (e exit) Unwrap() error { return e.err }

func main() {
	if len(os.Args) > 1 && os.Args[1] == worker.Arg {
		os.Exit(work())
	}
	if len(os.Args) > 1 && os.Args[1] == worker.ArgOutside {
		os.Exit(outsider())
	}
	_ = keys.NoCoreDumps() // a system that refuses leaves the keys as safe as those of other programs
	debug.SetMemoryLimit(memory)
	debug.SetGCPercent(garbage)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is main without the process: what the tests call.
func run(ctx context.Context, args []string, in io.Reader, out, messages io.Writer) int {
	return (&terminal{in: in, out: out, messages: messages}).run(ctx, args)
}

// run runs a command and gives the exit code.
func (t *terminal) run(ctx context.Context, args []string) int {
	cmd := commands(t)
	cmd.SetArgs(args)
	cmd.SetIn(t.in)
	cmd.SetOut(t.out)
	cmd.SetErr(t.messages)
	err := cmd.ExecuteContext(ctx)
	if err == nil && t.missing != "" {
		err = exit{exitDamage, fmt.Errorf("%s: entries of its journal are missing, so this is not all that was put into it; "+
			"write nothing to this folder, and open your backup", t.missing)}
	}
	if err == nil && len(t.unread) > 0 {
		err = exit{exitDamage, fmt.Errorf("%s; %s", unreadItems(t.unread), sayUnread)}
	}
	if err == nil {
		return 0
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		err = errStopped
	}
	err = damage(err)
	fmt.Fprintln(t.messages, "daybook-cli: "+sentence(err))
	var e exit
	if errors.As(err, &e) {
		return e.code
	}
	return exitFailed
}

// damage gives what cannot be healed exit code 4, and says what to do next.
func damage(err error) error {
	var e exit
	if errors.As(err, &e) || !errors.Is(err, evidence.ErrDamaged) && !errors.Is(err, journal.ErrMissing) {
		return err
	}
	what := strings.Replace(err.Error(), evidence.ErrDamaged.Error(), "damaged", 1)
	return exit{exitDamage, fmt.Errorf("%s; this cannot be healed: keep this folder as it is, and open your backup", what)}
}

// errStopped is said after Ctrl-C.
var errStopped = errors.New("stopped, as you asked: what was said to be saved is kept, and what was under way is not; run it again to go on")

// use turns an error of arguments or flags into exit code 2.
func use(err error) error {
	if err == nil {
		return nil
	}
	return exit{exitUse, err}
}

const about = `Daybook keeps a record of what happens, unchanged and in order, in one encrypted
folder. It never uses a network.

If you are in danger now, call 999 (in the UK); daybook-cli numbers has more. If
somebody may be watching this computer, keep the record on a safer one, or with an
advocate.

  daybook-cli init mycase --title "What happened" --zone Europe/London --actor "Maya K"
  daybook-cli add mycase.daybook "WhatsApp Chat with Dan.zip" photos/
  daybook-cli incident mycase.daybook --occurred "2025-10-11 17:40" --text "He filmed me."
  daybook-cli timeline mycase.daybook --search platform
  daybook-cli bundle mycase.daybook --out bundle

The passphrase is taken from --passphrase-file, from DAYBOOK_PASSPHRASE, or asked
for. Exit codes: 0 done; 1 failed; 2 wrong use; 3 done, but not everything could
be read; 4 there is damage that could not be healed, or a phrase that was noted
is not in the record. What was damaged and healed is named, and is no failure.`

func commands(t *terminal) *cobra.Command {
	root := &cobra.Command{
		Use:           "daybook-cli",
		Short:         "Keeps a record of what happens, unchanged and in order",
		Long:          about,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return noCommand(args[0])
		},
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.PersistentFlags().BoolVar(&t.json, "json", false, "print JSON (lists: one object a line)")
	root.PersistentFlags().StringVar(&t.passphraseFile, "passphrase-file", "", "read the passphrase from the first line of this `FILE`")
	root.PersistentFlags().StringVar(&t.actor, "actor", "", "`NAME` of who is at the keyboard, for the journal")
	root.PersistentFlags().BoolVar(&t.eachStep, "progress", false, "print each step of progress as a line, for a script to follow")
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		initCommand(t), addCommand(t), incidentCommand(t), registerCommand(t), timelineCommand(t),
		readCommand(t), triageCommand(t), alikeCommand(t), itemsCommand(t), peopleCommand(t), skipsCommand(t), journalCommand(t),
		markCommand(t), withholdCommand(t), clockCommand(t), deleteCommand(t), patternCommand(t), occasionsCommand(t), courseCommand(t), matrixCommand(t), bundleCommand(t), bundlesCommand(t), compareCommand(t), prepareCommand(t), statementCommand(t), paperCommand(t), leaksCommand(t), lintCommand(t), profilesCommand(t), lawCommand(t), numbersCommand(t), checkCommand(t), exportCommand(t),
		backupCommand(t), passphraseCommand(t), deviceCommand(t), takeCommand(t), importersCommand(t), anonymiseCommand(t), excerptCommand(t), stampCommand(t), demoCommand(t),
	)
	root.SetHelpCommand(helpCommand(root))
	group(root)
	takeOnce(root)
	for _, c := range root.Commands() {
		args := c.Args
		c.Args = func(c *cobra.Command, given []string) error {
			if args(c, given) == nil {
				return nil
			}
			return use(fmt.Errorf("%s: write it as: %s (more: daybook-cli %s --help)", c.Name(), strings.TrimSuffix(c.UseLine(), " [flags]"), c.Name()))
		}
	}
	return root
}
