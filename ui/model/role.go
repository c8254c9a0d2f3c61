package model

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"

	"daybook/assets/help"
	"daybook/assets/papers"
	"daybook/report"
)

// WriteRole writes the page of a role into a folder, under a name that tells nothing,
// and gives the file's path. It needs no case.
func (d *Desk) WriteRole(ctx context.Context, r help.Role, folder string, welsh bool) (string, error) {
	if _, err := d.CopyPlace(folder); err != nil {
		return "", err
	}
	_, of, err := help.Roles()
	if err != nil {
		return "", err
	}
	language := papers.English
	if welsh {
		language = papers.Welsh
	}
	var page bytes.Buffer
	if _, err := report.WriteRole(ctx, &page, r, of, language); err != nil {
		return "", err
	}
	f, err := newFile(folder, PaperName+".pdf")
	if err != nil {
		return "", err
	}
	_, err = f.Write(page.Bytes())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return filepath.Clean(f.Name()), nil
}
