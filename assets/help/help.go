// Package help holds telephone numbers of help, as dated data: who, where it was
// read and when. A number is text to be dialled by a person; nothing is opened.
package help

import (
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"daybook/assets/dated"
)

//go:embed *.json
var files embed.FS

// Country is a part of the United Kingdom with its own numbers.
type Country struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Lines []Line `json:"lines"` // the most urgent first
	dated.Issue
}

// Line is one number.
type Line struct {
	Name       string `json:"name"`
	Number     string `json:"number"`
	About      string `json:"about"`
	Source     string `json:"source"`      // address of the page where it was read
	VerifiedOn string `json:"verified_on"` // the day on which it was read, 2006-01-02
}

// Old tells that a number was looked up more than six months ago.
func (l Line) Old(now time.Time) bool { return dated.Old(l.VerifiedOn, now) }

// Text is something to know, in a few lines, with its version.
type Text struct {
	Title string   `json:"title"`
	Lines []string `json:"lines"`
	dated.Issue
}

// Reporting is what is said once, when two incidents may be of one course.
func Reporting() (Text, error) {
	var t Text
	data, err := files.ReadFile("reporting.json")
	if err == nil {
		err = json.Unmarshal(data, &t)
	}
	return t, err
}

// Role is what somebody does with this program, on a page.
type Role struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Lines []Duty `json:"lines"`
}

// Duty is a line of a role: what to do, and where that is done.
type Duty struct {
	Text    string `json:"text"`
	Command string `json:"command,omitempty"` // of the terminal program
	Page    string `json:"page,omitempty"`    // of the window
}

// Roles are the cards of all roles, with their issue.
func Roles() (roles []Role, of dated.Issue, err error) {
	var file struct {
		Roles []Role `json:"roles"`
		dated.Issue
	}
	data, err := files.ReadFile("roles.json")
	if err == nil {
		err = json.Unmarshal(data, &file)
	}
	return file.Roles, file.Issue, err
}

// Countries gives all numbers, England and Wales first.
func Countries() ([]Country, error) {
	var list []Country
	for _, id := range []string{"england-wales", "scotland", "northern-ireland"} {
		data, err := files.ReadFile(id + ".json")
		if err != nil {
			return nil, err
		}
		var c Country
		if err := json.Unmarshal(data, &c); err != nil {
			return nil, fmt.Errorf("numbers of help for %s: %w", id, err)
		}
		list = append(list, c)
	}
	return list, nil
}
