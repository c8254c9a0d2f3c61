package timeline

// ReportedWithIncidents counts the reports that incidents name, which are no
// entries of the register of reports.
func (x *Index) ReportedWithIncidents() (n int) {
	for _, w := range x.Incidents() {
		n += len(w.Current().ReportedTo)
	}
	return n
}

// NotReported counts the incidents of which no report is noted: neither with them, nor
// in the register of reports. What the person did themself is not asked about.
func (x *Index) NotReported() (n int) {
	named := map[ID]bool{}
	for _, r := range x.Registers(ReportMade) {
		for _, id := range r.Current().Events {
			named[id] = true
		}
	}
	for _, w := range x.Incidents() {
		if len(w.Current().ReportedTo) == 0 && !named[w.ID] && !Own(x.MarksOf(w.ID)) {
			n++
		}
	}
	return n
}
