'use strict';
// Checks a bundle in the browser. check() takes the files by name and gives
// what is wrong; nothing is sent anywhere, the page's policy allows no request.

const WHOLE = 1 << 25; // WebCrypto hashes a file in memory; a larger one is read in pieces
const SEAL = ['tagmanifest-sha256.txt', 'log/seal.txt', 'log/seal.sig'];
const hex = b => Array.from(new Uint8Array(b), x => x.toString(16).padStart(2, '0')).join('');
const utf8 = new TextEncoder();
const sha = async b => hex(await crypto.subtle.digest('SHA-256', b));
const unbase64 = s => Uint8Array.from(atob(s), c => c.charCodeAt(0));
const join = (...parts) => {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  parts.reduce((at, p) => (out.set(p, at), at + p.length), 0);
  return out;
};

// inPieces is the SHA-256 of a file of any size (FIPS 180-4). tell hears how much of it is read.
async function inPieces(file, tell) {
  const root = (p, n) => (p ** (1 / n) % 1) * 2 ** 32 | 0;
  const primes = Array.from({ length: 312 }, (_, i) => i).filter(n => n > 1 && !Array.from({ length: n }, (_, i) => i).some(d => d > 1 && n % d === 0));
  const k = Int32Array.from(primes, p => root(p, 3)), h = Int32Array.from(primes.slice(0, 8), p => root(p, 2)), w = new Int32Array(64);
  const blocks = view => {
    for (let at = 0; at < view.byteLength; at += 64) {
      for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
      for (let i = 16; i < 64; i++) {
        const x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10);
      }
      let a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], last = h[7];
      for (let i = 0; i < 64; i++) {
        const t = last + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + k[i] + w[i] | 0;
        const u = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
        last = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + u | 0;
      }
      h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += last;
    }
  };
  const PIECE = 1 << 22;
  for (let at = 0; at + PIECE <= file.size; at += PIECE) {
    blocks(new DataView(await file.slice(at, at + PIECE).arrayBuffer()));
    tell(at + PIECE);
  }
  const rest = new Uint8Array(await file.slice(file.size - file.size % PIECE).arrayBuffer());
  const end = new Uint8Array((rest.length + 72) & ~63);
  end.set(rest);
  end[rest.length] = 0x80;
  new DataView(end.buffer).setBigUint64(end.length - 8, BigInt(file.size) * 8n);
  blocks(new DataView(end.buffer));
  return Array.from(h, x => (x >>> 0).toString(16).padStart(8, '0')).join('');
}

// notedDigits reads what somebody noted, twelve words, the 64 digits of the head
// or the text of its QR code (of which a field leaves out the line ends), and gives as many digits of the head as that fixes; null when it is
// neither. WORDS is the list that evidence/verify holds.
function notedDigits(text) {
  const digits = text.replace(/^[^]*head (?=[0-9a-f]{64}\s*$)/, '').replace(/\s/g, '').toLowerCase(), given = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (/^[0-9a-f]{64}$/.test(digits)) return digits;
  if (given.length !== 12 || !given.every(w => WORDS.includes(w))) return null;
  return given.reduce((n, w) => (n << 11n) | BigInt(WORDS.indexOf(w)), 0n).toString(16).padStart(33, '0');
}

async function check(files, tell, noted) {
  const wrong = new Map(), sums = new Map();
  const bad = (name, what) => { if (!wrong.has(name)) wrong.set(name, what); };
  const bytes = async name => files.has(name) ? new Uint8Array(await files.get(name).arrayBuffer()) : (bad(name, 'is missing'), null);
  const text = async name => { const b = await bytes(name); return b && new TextDecoder().decode(b); };
  const state = { wrong, fingerprint: '', entries: 0, opened: 0, made: '', files: files.size, noted: -1 };

  // The lists: every file is named once, is there, and has its sum.
  const readList = async (list, belongs) => {
    const t = await text(list);
    if (t === null) return;
    for (const [i, line] of t.replace(/\n$/, '').split('\n').entries()) {
      const m = /^([0-9a-f]{64})  ([^\\\r\0]+)$/.exec(line);
      if (!m || !belongs(m[2]) || sums.has(m[2])) { bad(list, 'line ' + (i + 1) + ' is not as Daybook writes it'); continue; }
      sums.set(m[2], m[1]);
      await compare(list, m[2], m[1]);
    }
  };
  let done = 0;
  const got = new Map();
  const compare = async (list, name, sum) => {
    const f = files.get(name);
    if (!f) return bad(name, 'is missing');
    tell(++done, files.size, name);
    try {
      got.set(name, f.size <= WHOLE ? await sha(await f.arrayBuffer()) : await inPieces(f, n => tell(done, files.size, name + ', ' + Math.floor(100 * n / f.size) + ' %')));
      if (got.get(name) !== sum) bad(name, wrong.has(list) ? 'differs from ' + list + ', which is not the list that was sealed' : 'is not the file that was sealed');
    } catch (e) { bad(name, 'cannot be read: ' + e.message); }
  };
  await readList('tagmanifest-sha256.txt', n => !n.startsWith('data/') && !SEAL.includes(n));
  await readList('manifest-sha256.txt', n => n.startsWith('data/'));
  for (const name of files.keys()) if (!sums.has(name) && !SEAL.includes(name)) bad(name, 'is in no list: it was added, or renamed');

  // The key and the seal.
  const pem = await text('log/signer.pem'), sealText = await bytes('log/seal.txt'), sealSig = await bytes('log/seal.sig');
  let key = null;
  try {
    const m = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\n$/.exec(pem);
    state.der = unbase64(m[1].replace(/\n/g, ''));
    state.fingerprint = await sha(state.der);
    key = await crypto.subtle.importKey('spki', state.der, { name: 'Ed25519' }, false, ['verify']);
  } catch (e) {
    if (e.name === 'NotSupportedError') state.noSignature = true;
    else bad('log/signer.pem', 'is not an Ed25519 key');
  }
  const verify = (sig, data) => key && sig.length === 64 ? crypto.subtle.verify({ name: 'Ed25519' }, key, sig, data) : false;
  if (sealText && sealSig && files.has('tagmanifest-sha256.txt')) {
    const fits = new TextDecoder().decode(sealText) === await sha(await bytes('tagmanifest-sha256.txt')) + '  tagmanifest-sha256.txt\n';
    const signed = state.noSignature || await verify(sealSig, sealText);
    if (signed && !fits) bad('tagmanifest-sha256.txt', 'is not the list that was sealed');
    if (!signed && fits) bad('log/seal.sig', 'is not the signature of log/seal.txt by the key in log/signer.pem');
    if (!signed && !fits) bad('log/seal.txt', 'is not what the key in log/signer.pem signed');
  }

  // The journal's skeleton, the entries that are opened, and the originals.
  const chain = await text('log/chain.txt'), added = new Map(), roots = [];
  let prev = '0'.repeat(64), n = 0;
  const node = async (l, r) => new Uint8Array(await crypto.subtle.digest('SHA-256', join([1], l, r)));
  for (const line of (chain || '').replace(/\n$/, '').split('\n')) {
    if (line === '' && n === 0) break;
    const m = /^v1 (\d+) ([0-9a-f]{64}) ([0-9a-f]{64})$/.exec(line), full = utf8.encode(line + '\n');
    if (!m || m[1] !== String(n) || m[2] !== prev) bad('log/chain.txt', 'line ' + (n + 1) + ' does not follow from the line before it');
    const name = 'log/entries/' + String(n).padStart(8, '0') + '.json';
    if (m && files.has(name)) {
      const body = await bytes(name);
      if (await sha(body) !== m[3]) bad(name, 'is not the entry that log/chain.txt commits to');
      else try {
        const e = JSON.parse(new TextDecoder().decode(body));
        if (e.seq !== n) bad(name, 'does not say that it is entry ' + n);
        state.named = state.named || n === 0 && !!e.detail && !!e.detail.signer && e.detail.signer === state.fingerprint;
        if (n === 0 && e.detail && e.detail.signer && !state.named) bad('log/signer.pem', 'is another key than the journal names: its first entry says ' + e.detail.signer);
        if (e.subject && e.detail && e.detail.sha256) added.set(e.subject.item + ' ' + e.detail.sha256, true);
      } catch (e) { bad(name, 'is not JSON'); }
      state.opened++;
    }
    prev = await sha(full);
    if (noted && state.noted < 0 && prev.startsWith(noted)) state.noted = n;
    roots.push(new Uint8Array(await crypto.subtle.digest('SHA-256', join([0], full))));
    for (let k = n; k & 1; k >>= 1) { const r = roots.pop(), l = roots.pop(); roots.push(await node(l, r)); }
    if (++n % 1000 === 0) tell(n, n, 'log/chain.txt');
  }
  state.entries = n;
  state.head = prev;
  while (roots.length > 1) { const r = roots.pop(), l = roots.pop(); roots.push(await node(l, r)); }
  state.closed = [];
  for (const name of files.keys()) {
    const m = /^data\/originals\/0*(\d+)-/.exec(name);
    if (name.startsWith('data/originals/') && !(m && added.has(m[1] + ' ' + (got.get(name) || sums.get(name))))) {
      // Its entry may be one of those that are withheld.
      if (state.opened < n) state.closed.push(name);
      else bad(name, 'no entry of the journal says that this file was added');
    }
    const e = /^log\/entries\/(\d{8})\.json$/.exec(name);
    if (name.startsWith('log/entries/') && !(e && Number(e[1]) < n)) bad(name, 'belongs to no line of log/chain.txt');
  }

  // The checkpoint: the signed head.
  const note = await text('log/checkpoint');
  const c = note && /^([^\n]+)\n(\d+)\n([A-Za-z0-9+/=]+)\nhead ([0-9a-f]{64})\nmanifest-sha256 ([0-9a-f]{64})\n\n— ([^\n ]+) ([A-Za-z0-9+/=]+)\n$/.exec(note);
  if (note && !c) bad('log/checkpoint', 'is not a checkpoint as Daybook writes it');
  if (c && !state.noSignature) {
    const body = utf8.encode(note.slice(0, note.indexOf('\n\n') + 1));
    let sig = new Uint8Array(0);
    try { sig = unbase64(c[7]).slice(4); } catch { /* then it is no signature */ }
    if (c[1] !== c[6] || !await verify(sig, body)) bad('log/checkpoint', 'is not signed by the key in log/signer.pem');
  }
  if (c) {
    const root = roots.length ? btoa(String.fromCharCode(...roots[0])) : '';
    if (c[2] !== String(n) || c[4] !== prev || c[3] !== root) bad('log/chain.txt', 'is not the journal that the checkpoint signed');
    if (files.has('manifest-sha256.txt') && c[5] !== await sha(await bytes('manifest-sha256.txt'))) bad('manifest-sha256.txt', 'is not the list that the checkpoint signed');
  }
  const info = await text('bag-info.txt');
  state.made = ((info || '').match(/^Daybook-Made: (.*)$/m) || [])[1] || '';
  return state;
}

// The page.
{
  const $ = id => document.getElementById(id);
  const item = (list, s) => { const li = document.createElement('li'); li.textContent = s; list.append(li); };
  let latest = 0;
  const look = async () => {
    const run = ++latest, files = new Map(), compared = $('print').value.replace(/\s/g, '').toLowerCase();
    for (const f of $('folder').files) files.set(f.webkitRelativePath.split('/').slice(1).join('/'), f);
    if (!files.size) return;
    $('result').hidden = true;
    const noted = $('phrase').value.trim() && notedDigits($('phrase').value);
    if (noted === null) { $('state').textContent = 'The words are not twelve of those that phrases are made of. Look at the paper again.'; return; }
    let s;
    try {
      s = await check(files, (k, n, name) => { if (run === latest) $('state').textContent = k + ' of ' + n + ': ' + name; }, noted);
    } catch (err) { $('state').textContent = 'The check could not be made: ' + err.message; return; }
    if (run !== latest) return; // another folder was chosen meanwhile
    $('state').textContent = '';
    if (compared && compared !== s.fingerprint) s.wrong.set('log/signer.pem', 'is another key than the fingerprint you gave');
    const found = !noted || s.noted >= 0;
    const ok = s.wrong.size === 0 && !s.noSignature;
    $('verdict').textContent = ok && found ? 'Nothing wrong was found.' : ok ? 'Nothing is changed, but the state that you noted is not in this bundle.' : s.wrong.size ? 'This bundle is not as it was sealed, or is not whole.' : 'The files fit the lists; the signature could not be checked in this browser.';
    $('verdict').className = ok && found ? 'good' : 'bad';
    $('wrong').replaceChildren();
    for (const [name, what] of s.wrong) item($('wrong'), name + ': ' + what);
    $('unsigned').hidden = !s.noSignature;
    $('files').textContent = [...new Set([...files.keys(), ...s.wrong.keys()])].sort().map(name => (s.wrong.has(name) ? 'NOT RIGHT  ' + name + ': ' + s.wrong.get(name) : 'as sealed  ' + name)).join('\n');
    $('unchanged').textContent = (ok ? 'Yes: ' : 'See above: ') + s.files + ' files. Key ' + s.fingerprint.replace(/(.{8})(?=.)/g, '$1 ') + '. ' +
      (compared ? (compared === s.fingerprint ? 'That is the fingerprint you gave.' : 'That is not the fingerprint you gave.') : 'Compare this fingerprint with one that you got by another way than in this bundle.');
    $('complete').textContent = (s.entries - s.opened) + ' of ' + s.entries + ' journal entries are withheld; ' + s.opened + ' are opened.' + s.closed.map(name => ' The entry of ' + name + ' is not opened here: ask for it.').join('');
    $('dated').textContent = 'Made ' + (s.made || 'at a time it does not say') + ' by the clock of the computer that made it; no outside time stamp is checked here.';
    $('noted').textContent = !noted ? 'Nothing was given to compare with.' : found ?
      'Yes: the journal in this bundle contains the state you noted, after entry ' + s.noted + ' of ' + (s.entries - 1) + '. ' + (s.named ? 'This covers the journal; its first entry names the key that signed the rows and the pages.' : 'This covers the journal alone: who signed the rows and the pages is told by the fingerprint, which you have to compare.') :
      'No: the journal in this bundle does not contain the state you noted. Look at the words again; if they are right, they were noted later than this bundle was made, or of another case, or the journal was written anew since.';
    $('result').hidden = false;
    $('verdict').focus();
  };
  $('folder').addEventListener('change', look);
  $('again').addEventListener('click', look);
}
