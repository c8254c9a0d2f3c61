'use strict';
// Search, filters and chart over the rows that stand in this page as data. Only
// the rows of one page of results are ever elements. The plain pages show the
// same rows without a script.
(() => {
  const SHOWN = 50; // rows on one page of results
  const SVG = 'http://www.w3.org/2000/svg';
  const $ = id => document.getElementById(id);
  const held = name => Array.from(document.querySelectorAll('script[data-holds=' + name + ']'));
  const site = JSON.parse(held('site')[0].textContent), word = site.words;
  const number = n => n.toLocaleString(document.documentElement.lang);
  const say = (sentence, ...values) => sentence.replace(/%s/g, () => values.shift());
  const plain = s => s.normalize('NFKC').toLowerCase();
  const make = (tag, props, ...inside) => {
    const el = Object.assign(document.createElement(tag), props);
    el.append(...inside);
    return el;
  };

  // The rows.
  const rows = [], names = [], heads = [];
  const inWords = runs => (runs || []).map(r => r.t).join('');
  const exhibit = r => r.e < 0 ? word.written : site.exhibits[r.e].label + ' ' + site.exhibits[r.e].title;
  function take(piece) {
    names.push(...piece.names || []);
    heads.push(...piece.heads || []);
    for (const r of piece.rows) {
      const parts = [r.n];
      if (r.o) parts.push(r.o);
      else {
        parts.push(r.t, r.u || '', names[r.k], inWords(heads[r.h]), r.x || '', r.r || '', exhibit(r));
        for (const f of [...r.f || [], ...r.m || []]) parts.push(names[f.n], inWords(f.v));
        for (const i of [...r.g || [], ...r.c || []]) parts.push(names[i]);
      }
      r.text = plain(parts.join('\n'));
      rows.push(r);
    }
  }

  // The filters. Of one filter any choice will do; all filters must fit.
  const facets = [
    { id: 'people', of: r => r.w || [], name: i => names[i] },
    { id: 'kinds', of: r => [r.k], name: i => names[i] },
    { id: 'sources', of: r => [r.e], name: i => i < 0 ? word.written : site.exhibits[i].label + ' ' + site.exhibits[i].title, inOrder: true },
    { id: 'marks', of: r => r.c || [], name: i => names[i] },
  ];
  for (const f of facets) f.chosen = new Set();
  const words = $('words'), from = $('from'), to = $('to'), utc = $('utc');
  const localDay = r => r.d || '', utcDay = r => r.u ? r.u.slice(0, 10) : localDay(r);
  let found = [], page = 0, undated = 0;

  function choices(f) {
    const counts = new Map();
    for (const r of rows) if (!r.o) for (const i of f.of(r)) counts.set(i, (counts.get(i) || 0) + 1);
    f.chosen = new Set([...f.chosen].filter(i => counts.has(i))); // an address may say anything
    const all = [...counts].sort(f.inOrder ? (a, b) => a[0] - b[0] : (a, b) => b[1] - a[1] || a[0] - b[0]);
    for (const [i, n] of all) {
      const box = make('input', { type: 'checkbox', value: i, checked: f.chosen.has(i) });
      const label = make('label', { className: 'choice' }, box, make('bdi', { dir: 'auto', lang: '' }, f.name(i)), make('small', {}, number(n)));
      box.addEventListener('change', () => { box.checked ? f.chosen.add(i) : f.chosen.delete(i); find(); });
      $(f.id).querySelector('fieldset').append(label);
    }
    $(f.id).hidden = all.length === 0;
    $(f.id).open = f.chosen.size > 0;
  }

  function find() {
    const want = Array.from(plain(words.value).matchAll(/["“”]([^"“”]+)["“”]?|[^\s"“”]+/g), m => m[1] || m[0]);
    const chosen = facets.filter(f => f.chosen.size);
    const first = from.value, last = to.value || '9999', dated = first !== '' || to.value !== '', day = utc.checked ? utcDay : localDay;
    undated = 0;
    found = rows.filter(r => { // asked of each row: what the page has to look up was looked up above
      if (r.o && (chosen.length || dated)) return false;
      for (const w of want) if (!r.text.includes(w)) return false;
      if (!chosen.every(f => f.of(r).some(i => f.chosen.has(i)))) return false;
      if (!dated) return true;
      const d = day(r);
      if (!d) undated++;
      return d !== '' && d >= first && d <= last;
    });
    page = 0;
    draw();
  }

  // What was chosen, in words and in the address, so that the browser's way
  // back from an exhibit leads to the same rows.
  function tell() {
    const parts = [];
    if (words.value.trim()) parts.push('“' + words.value.trim() + '”');
    for (const f of facets) if (f.chosen.size) parts.push(say(word.chosenIn, $(f.id).querySelector('summary').textContent, [...f.chosen].map(f.name).join(' / ')));
    if (from.value || to.value) parts.push(!to.value ? say(word.chosenFrom, from.value) : !from.value ? say(word.chosenTo, to.value) : say(word.chosenDays, from.value, to.value));
    $('chosen').textContent = (parts.length ? say(word.chosen, parts.join('; ')) + '. ' : '') + (undated ? say(word.noDay, number(undated)) : '');
    $('count').textContent = found.length ? say(word.count, number(found.length), number(rows.length)) : word.none;
    const state = new URLSearchParams();
    for (const [name, value] of [['words', words.value], ['from', from.value], ['to', to.value], ['utc', utc.checked ? 1 : ''], ['page', page || '']]) if (value) state.set(name, value);
    for (const f of facets) if (f.chosen.size) state.set(f.id, [...f.chosen].join(' '));
    const address = '#' + state;
    if (address !== (location.hash || '#')) location.replace(address);
  }
  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    words.value = state.get('words') || '';
    from.value = state.get('from') || '';
    to.value = state.get('to') || '';
    utc.checked = state.has('utc');
    for (const f of facets) f.chosen = new Set((state.get(f.id) || '').split(' ').filter(Boolean).map(Number));
    return Number(state.get('page')) || 0;
  }

  // The rows on the screen.
  const run = r => {
    let el = r.o ? document.createTextNode(r.t) : make('bdi', { dir: 'auto', lang: '' }, r.t);
    if (r.b) el = make('b', {}, el);
    return r.a ? make('a', { href: r.a }, el) : el;
  };
  const facts = list => make('dl', { className: 'facts' }, ...list.map(f => make('div', {}, make('dt', {}, names[f.n]), make('dd', { dir: 'auto' }, ...(f.v || []).map(run)))));
  const hrefOf = n => {
    let low = 0, high = site.pages.length - 1;
    while (low < high) { const middle = (low + high) >> 1; site.pages[middle].last < n ? low = middle + 1 : high = middle; }
    return site.pages[low].href + '#row-' + n;
  };
  function picture(i) {
    const e = site.exhibits[i];
    const img = make('img', { alt: e.label, width: e.width, height: e.height, loading: 'lazy', src: e.picture });
    return make('details', {}, make('summary', {}, word.showImage + ' ' + e.label), make('a', { href: e.picture }, img));
  }
  function when(r) {
    const el = make('div', { className: 'when' });
    if (utc.checked && r.u) {
      el.append(make('b', {}, say(word.utc, r.u.replaceAll('Z', ''))), make('span', { className: 'soft' }, say(word.local, r.t + ' ' + names[r.z])));
      return el;
    }
    el.append(make('b', {}, r.t), make('span', { className: 'soft' }, names[r.z]));
    if (r.u) el.append(make('span', { className: 'soft' }, say(word.utc, r.u.slice(r.t.startsWith(r.u.slice(0, 10)) ? 11 : 0).replaceAll('Z', ''))));
    return el;
  }
  function article(r) {
    const el = make('article', { className: 'row' }, make('div', { className: 'no' }, make('a', { href: hrefOf(r.n) }, String(r.n))));
    if (r.o) { el.append(make('div', { className: 'what out' }, r.o)); return el; }
    const what = make('div', { className: 'what' }, make('div', {}, ...heads[r.h].map(run)));
    if (r.x) what.append(make('div', { className: 'text', dir: 'auto', lang: '' }, r.x));
    if (r.f) what.append(facts(r.f));
    if (r.m) what.append(make('details', {}, make('summary', {}, word.more), facts(r.m)));
    for (const i of r.g || []) what.append(make('p', { className: 'flag', dir: 'auto' }, names[i]));
    for (const i of r.i || []) what.append(picture(i));
    const src = make('div', { className: 'src' }, ...(r.c || []).map(i => make('span', { className: 'code', dir: 'auto' }, names[i])));
    const place = make('div', {});
    if (r.e >= 0) place.append(make('a', { href: site.exhibits[r.e].href }, site.exhibits[r.e].label), '\n');
    place.append(make('bdi', { dir: 'auto', lang: '' }, r.r || ''));
    src.append(place);
    if (r.p) src.append(make('div', {}, make('a', { href: site.document[r.v || 0] + '#page=' + r.p }, word.sheet + ' ' + (r.q || r.p))));
    el.append(when(r), what, src);
    return el;
  }
  function turn(by) {
    page += by;
    draw();
    $('list-title').focus({ preventScroll: true });
    $('count').scrollIntoView();
  }
  function draw() {
    const first = page * SHOWN, last = Math.min(found.length, first + SHOWN);
    $('rows').replaceChildren(...found.slice(first, last).map(article));
    for (const bar of document.querySelectorAll('.pager')) {
      bar.replaceChildren();
      if (found.length <= SHOWN) continue;
      const back = make('button', { type: 'button', disabled: first === 0 }, word.earlier), on = make('button', { type: 'button', disabled: last === found.length }, word.later);
      back.addEventListener('click', () => turn(-1));
      on.addEventListener('click', () => turn(1));
      bar.append(back, make('span', {}, say(word.part, number(first + 1), number(last))), on);
    }
    count();
    tell();
  }

  // The chart: of each bar, how many of its rows, which are those of what others did,
  // were found. A bar chooses its
  // days; arrows go from bar to bar.
  const bars = [];
  function chart() {
    if (!$('chart')) return;
    const lines = document.querySelectorAll('#chart tbody tr'), svg = document.querySelector('#chart svg');
    svg.setAttribute('role', 'radiogroup');
    svg.querySelectorAll('g').forEach((g, i) => {
      const all = g.querySelector('.all'), some = document.createElementNS(SVG, 'rect');
      const bar = { g, some, line: lines[i], title: lines[i].cells[0].textContent, from: lines[i].dataset.from, to: lines[i].dataset.to, rows: Number(lines[i].cells[1].textContent), high: Number(all.getAttribute('height')), found: 0 };
      for (const [name, value] of [['class', 'some'], ['x', all.getAttribute('x')], ['width', 9]]) some.setAttribute(name, value);
      g.append(some);
      g.querySelector('title').remove();
      g.setAttribute('role', 'radio');
      const choose = make('button', { type: 'button' }, bar.title);
      lines[i].cells[0].replaceChildren(choose);
      choose.addEventListener('click', () => pick(i));
      g.addEventListener('click', () => pick(i));
      bars.push(bar);
    });
    const of = new Map(); // the bar of a day
    const barOf = d => { if (!of.has(d)) of.set(d, bars.find(b => d >= b.from && d <= b.to)); return of.get(d); };
    for (const r of rows) if (r.b) { r.bar = barOf(localDay(r)); r.utcBar = r.u ? barOf(utcDay(r)) : r.bar; }
    svg.addEventListener('keydown', e => {
      const at = bars.findIndex(b => b.g === e.target);
      const next = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: bars.length - 1 }[e.key];
      if (e.key === ' ' || e.key === 'Enter') pick(at);
      else if (e.key === 'Escape') { from.value = to.value = ''; find(); }
      else if (bars[next]) { bars[next].g.setAttribute('tabindex', 0); bars[next].g.focus(); }
      else return;
      e.preventDefault();
    });
  }
  function pick(i) {
    const same = from.value === bars[i].from && to.value === bars[i].to;
    from.value = same ? '' : bars[i].from;
    to.value = same ? '' : bars[i].to;
    find();
  }
  function count() {
    if (!bars.length) return;
    for (const b of bars) b.found = 0;
    const inUTC = utc.checked;
    for (const r of found) {
      const bar = inUTC ? r.utcBar : r.bar;
      if (bar) bar.found++;
    }
    const most = Math.max(...bars.map(b => b.rows), 1), focus = bars.find(b => b.g === document.activeElement) || bars.find(b => b.from === from.value) || bars[0];
    for (const b of bars) {
      const high = b.found ? Math.max(2, Math.round(100 * b.found / most)) : 0;
      b.some.setAttribute('height', high);
      b.some.setAttribute('y', 100 - high);
      b.g.setAttribute('aria-checked', (from.value || to.value) !== '' && b.from >= from.value && b.to <= (to.value || '9999'));
      b.g.setAttribute('aria-label', b.title + ': ' + say(word.found, number(b.found), number(b.rows)));
      b.g.setAttribute('tabindex', b === focus ? 0 : -1);
      b.line.cells[1].textContent = say(word.found, number(b.found), number(b.rows));
    }
  }

  // The beginning.
  async function read() {
    const pieces = held('rows'), total = site.rows;
    $('desk').hidden = false;
    let since = performance.now();
    for (const el of pieces) {
      take(JSON.parse(el.textContent));
      el.remove();
      if (performance.now() - since < 50) continue;
      $('count').textContent = say(word.reading, number(rows.length), number(total));
      await new Promise(next => setTimeout(next)); // the page answers meanwhile
      since = performance.now();
    }
    const at = recall();
    facets.forEach(choices);
    chart();
    find();
    if (at) { page = Math.min(at, Math.floor((found.length - 1) / SHOWN)); draw(); }
    document.body.dataset.ready = rows.length;
  }
  let wait;
  words.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(find, 120); });
  $('filters').addEventListener('submit', e => { e.preventDefault(); find(); });
  for (const el of [from, to, utc, $('local')]) el.addEventListener('change', find);
  $('filters').addEventListener('reset', () => setTimeout(() => { for (const f of facets) f.chosen.clear(); find(); words.focus(); }));
  read();
})();
