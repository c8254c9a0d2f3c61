//go:build linux

package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// chromium is a real browser, driven through its debugging pipe.
type chromium struct {
	t    testing.TB
	to   io.Writer
	mu   sync.Mutex
	last int
	wait map[int]chan replied
	tabs map[string]*tab
}

type replied struct {
	Result json.RawMessage
	Error  *struct{ Message string }
}

// tab is a page of the browser, with what went wrong on it.
type tab struct {
	c        *chromium
	session  string
	said     []string // on the console, and what the policy refused
	requests []string
	loads    int
}

// start opens a browser that ends with the test.
func start(t testing.TB) *chromium {
	t.Helper()
	pipe := func() (r, w *os.File) {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		return r, w
	}
	in, to := pipe()
	from, out := pipe()
	cmd := exec.Command("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--user-data-dir="+t.TempDir())
	cmd.ExtraFiles = []*os.File{in, out}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &chromium{t: t, to: to, wait: map[int]chan replied{}, tabs: map[string]*tab{}}
	done := make(chan struct{})
	go func() { defer close(done); c.listen(from) }()
	t.Cleanup(func() {
		if _, err := c.try("", "Browser.close", nil); err != nil {
			t.Error(err)
		}
		for _, err := range []error{in.Close(), out.Close(), cmd.Wait(), to.Close()} {
			if err != nil {
				t.Error(err)
			}
		}
		<-done
	})
	return c
}

// listen takes what the browser says: answers, and what happens on its pages.
func (c *chromium) listen(from io.Reader) {
	in := bufio.NewReader(from)
	for {
		text, err := in.ReadBytes(0)
		if err != nil {
			return
		}
		var m struct {
			replied
			ID        int
			Method    string
			SessionID string
			Params    json.RawMessage
		}
		if err := json.Unmarshal(text[:len(text)-1], &m); err != nil {
			c.t.Errorf("the browser says %q: %v", text, err)
			continue
		}
		c.mu.Lock()
		if w := c.wait[m.ID]; w != nil {
			w <- m.replied
			delete(c.wait, m.ID)
		} else if p := c.tabs[m.SessionID]; p != nil {
			p.note(m.Method, m.Params)
		}
		c.mu.Unlock()
	}
}

func (p *tab) note(method string, params json.RawMessage) {
	var e struct {
		Request struct{ URL string }
		Entry   struct{ Level, Text, URL string }
		Args    []struct{ Value any }
		Details struct{ Text string } `json:"exceptionDetails"`
	}
	if err := json.Unmarshal(params, &e); err != nil {
		p.said = append(p.said, method+": "+err.Error())
	}
	switch method {
	case "Network.requestWillBeSent":
		p.requests = append(p.requests, e.Request.URL)
	case "Runtime.consoleAPICalled":
		p.said = append(p.said, fmt.Sprint(e.Args))
	case "Runtime.exceptionThrown":
		p.said = append(p.said, string(params))
	case "Log.entryAdded":
		p.said = append(p.said, e.Entry.Text)
	case "Page.loadEventFired":
		p.loads++
	}
}

func (c *chromium) try(session, method string, params any) (json.RawMessage, error) {
	c.mu.Lock()
	c.last++
	id, got := c.last, make(chan replied, 1)
	c.wait[id] = got
	c.mu.Unlock()
	m := map[string]any{"id": id, "method": method}
	if session != "" {
		m["sessionId"] = session
	}
	if params != nil {
		m["params"] = params
	}
	if _, err := c.to.Write(append(jsonOf(m), 0)); err != nil {
		return nil, err
	}
	select {
	case a := <-got:
		if a.Error != nil {
			return nil, fmt.Errorf("%s: %s", method, a.Error.Message)
		}
		return a.Result, nil
	case <-time.After(2 * time.Minute):
		return nil, fmt.Errorf("%s: no answer in two minutes", method)
	}
}

func (c *chromium) call(session, method string, params, result any) {
	c.t.Helper()
	raw, err := c.try(session, method, params)
	if err == nil && result != nil {
		err = json.Unmarshal(raw, result)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

type with map[string]any

// open opens a file from disk in a page of its own.
func (c *chromium) open(file string) *tab {
	c.t.Helper()
	p := c.blank()
	p.visit("file://" + file)
	return p
}

func (c *chromium) blank() *tab {
	c.t.Helper()
	var target struct{ TargetID string }
	c.call("", "Target.createTarget", with{"url": "about:blank"}, &target)
	var at struct{ SessionID string }
	c.call("", "Target.attachToTarget", with{"targetId": target.TargetID, "flatten": true}, &at)
	p := &tab{c: c, session: at.SessionID}
	c.mu.Lock()
	c.tabs[p.session] = p
	c.mu.Unlock()
	for _, domain := range []string{"Page", "Runtime", "Log", "Network", "DOM", "Accessibility"} {
		p.call(domain+".enable", nil, nil)
	}
	return p
}

func (p *tab) call(method string, params, result any) {
	p.c.t.Helper()
	p.c.call(p.session, method, params, result)
}

// visit goes to an address and waits until it is loaded.
func (p *tab) visit(url string) {
	p.c.t.Helper()
	before := p.loaded()
	var went struct{ ErrorText string }
	p.call("Page.navigate", with{"url": url}, &went)
	if went.ErrorText != "" {
		p.c.t.Fatalf("%s: %s", url, went.ErrorText)
	}
	p.until(func() bool { return p.loaded() > before }, url+" is not loaded")
}

func (p *tab) loaded() int {
	p.c.mu.Lock()
	defer p.c.mu.Unlock()
	return p.loads
}

// until waits for something that the page does by itself.
func (p *tab) until(done func() bool, what string) {
	p.c.t.Helper()
	for end := time.Now().Add(2 * time.Minute); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			p.c.t.Fatalf("after two minutes: %s", what)
		}
	}
}

// ask is what an expression of the page gives, as text; each %s in it is a value.
func (p *tab) ask(format string, values ...any) (string, error) {
	for i, v := range values {
		values[i] = string(jsonOf(v))
	}
	expression := fmt.Sprintf(format, values...)
	raw, err := p.c.try(p.session, "Runtime.evaluate", with{"expression": expression, "returnByValue": true, "awaitPromise": true, "userGesture": true})
	if err != nil {
		return "", fmt.Errorf("%s: %w", expression, err)
	}
	var got struct {
		Result  struct{ Value any }
		Details *struct {
			Text      string
			Exception struct{ Description string }
		} `json:"exceptionDetails"`
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		return "", err
	}
	if got.Details != nil {
		return "", fmt.Errorf("%s: %s %s", expression, got.Details.Text, got.Details.Exception.Description)
	}
	if got.Result.Value == nil {
		return "", nil
	}
	return fmt.Sprint(got.Result.Value), nil
}

func (p *tab) eval(format string, values ...any) string {
	p.c.t.Helper()
	got, err := p.ask(format, values...)
	if err != nil {
		p.c.t.Fatal(err)
	}
	return got
}

// goes does what leads to another page: once the answer to it is here, for the
// page that would give it is gone then.
func (p *tab) goes(deed string) {
	p.c.t.Helper()
	p.call("Runtime.evaluate", with{"expression": "setTimeout(() => { " + deed + " })", "userGesture": true}, nil)
}

// shows waits until an expression gives a text; on the way the page may go
// elsewhere.
func (p *tab) shows(want, format string, values ...any) {
	p.c.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		got, err := p.ask(format, values...)
		if err == nil && got == want {
			return
		}
		if time.Now().After(end) {
			p.c.t.Fatalf("%s is %q, %v; want %q", format, got, err, want)
		}
	}
}

// keyCodes are keys, by name, with their codes.
var keyCodes = map[string]int{"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}

// press presses a key as a person does.
func (p *tab) press(key string) {
	p.c.t.Helper()
	text := map[string]string{"Enter": "\r", " ": " "}[key]
	p.call("Input.dispatchKeyEvent", with{"type": "keyDown", "key": key, "code": strings.Replace(key, " ", "Space", 1), "windowsVirtualKeyCode": keyCodes[key], "text": text}, nil)
	p.call("Input.dispatchKeyEvent", with{"type": "keyUp", "key": key, "code": strings.Replace(key, " ", "Space", 1), "windowsVirtualKeyCode": keyCodes[key]}, nil)
}

// write types a text into what has the focus.
func (p *tab) write(text string) {
	p.c.t.Helper()
	p.call("Input.insertText", with{"text": text}, nil)
}

// clean fails the test when the page complained or asked for anything but files.
func (p *tab) clean() {
	p.c.t.Helper()
	p.c.mu.Lock()
	defer p.c.mu.Unlock()
	if len(p.said) > 0 {
		p.c.t.Errorf("the browser complains: %q", p.said)
	}
	for _, r := range p.requests {
		if !strings.HasPrefix(r, "file://") && !strings.HasPrefix(r, "data:") {
			p.c.t.Errorf("the page asks for %s", r)
		}
	}
	if len(p.requests) == 0 {
		p.c.t.Error("the browser says of no request: not that of the page itself either")
	}
}
