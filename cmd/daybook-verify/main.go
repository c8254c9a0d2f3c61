// Command daybook-verify checks a Daybook bundle: a folder, or the zip of one.
// It uses the standard library only and opens no connection.
package main

import (
	"os"

	"daybook/evidence/verify"
)

func main() { os.Exit(verify.Main(os.Args[1:], os.Stdout, os.Stderr)) }
