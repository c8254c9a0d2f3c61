'use strict';
// Search and filter for one page. Everything is readable without it.
(() => {
  const bar = document.querySelector('.bar');
  if (!bar) return;
  const rows = Array.from(document.querySelectorAll('.row'), el => ({ el, kind: el.dataset.kind, text: null }));
  const words = bar.querySelector('input'), kind = bar.querySelector('select'), shown = bar.querySelector('output');
  const plain = s => s.normalize('NFKC').toLowerCase();
  const update = () => {
    const want = plain(words.value).split(/\s+/).filter(Boolean);
    let n = 0;
    for (const r of rows) {
      if (r.text === null && want.length) r.text = plain(r.el.textContent);
      const ok = (!kind.value || r.kind === kind.value) && want.every(w => r.text.includes(w));
      r.el.hidden = !ok;
      if (ok) n++;
    }
    shown.textContent = n + ' / ' + rows.length;
  };
  for (const k of [...new Set(rows.map(r => r.kind).filter(Boolean))].sort()) kind.add(new Option(k, k));
  let wait;
  words.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(update, 120); });
  kind.addEventListener('change', update);
  addEventListener('hashchange', () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.hidden) { words.value = ''; kind.value = ''; update(); target.scrollIntoView(); }
  });
  bar.hidden = false;
  update();
})();
