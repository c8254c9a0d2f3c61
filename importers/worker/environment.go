package worker

import "os"

// environment is all that a child is told: where the system's own libraries
// are, and to keep a crash short. A passphrase in a variable stays here.
func environment() []string {
	env := []string{"GOTRACEBACK=single"}
	for _, name := range []string{"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TZ"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}
