/* 走访记录：草稿存在浏览器里，编号在手机上生成，每份只送到一次。送到以前，什么都不会丢。 */
(function () {
  'use strict';
  const box = document.getElementById('visits');
  if (!box) { return; }
  const say = (name) => box.getAttribute('data-say-' + name) || '';
  const find = (what, scope) => (scope || box).querySelector(what);
  const all = (what, scope) => Array.prototype.slice.call((scope || box).querySelectorAll(what));
  const SIDE = 2400, RETRY = 30000, KEEP_SENT = 7 * 24 * 3600 * 1000, MOST_PHOTOS = 9;
  let db = null, who = null, csrf = '', current = null, busy = false, timer = null;

  /* ---- 浏览器里的柜子 ---- */
  function open() {
    return new Promise(function (done, fail) {
      if (!window.indexedDB) { fail(new Error('none')); return; }
      const asked = window.indexedDB.open('shangliang-visits', 1);
      asked.onupgradeneeded = function () {
        asked.result.createObjectStore('drafts', { keyPath: 'key' });
        asked.result.createObjectStore('known', { keyPath: 'id' });
      };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = function () { fail(asked.error); };
    });
  }
  function store(name, mode, act) {
    return new Promise(function (done, fail) {
      const work = db.transaction(name, mode), asked = act(work.objectStore(name));
      work.oncomplete = function () { done(asked && asked.result); };
      work.onabort = work.onerror = function () { fail(work.error || (asked && asked.error)); };
    });
  }
  const put = (name, row) => store(name, 'readwrite', (s) => s.put(row));
  const get = (name, key) => store(name, 'readonly', (s) => s.get(key));
  const drop = (name, key) => store(name, 'readwrite', (s) => s.delete(key));
  const drafts = () => store('drafts', 'readonly', (s) => s.getAll());

  /* 22 个以上的字符，足够随机，在手机上生成：重发多少次都是同一份 */
  function newKey() {
    const bytes = new Uint8Array(24);
    window.crypto.getRandomValues(bytes);
    return window.btoa(String.fromCharCode.apply(null, bytes)).replace(/\+/g, '-').replace(/\//g, '_');
  }

  /* ---- 提示 ---- */
  function problem(words, login, plain) {
    const part = find('[data-problem]');
    part.hidden = !words;
    find('[data-problem-words]').textContent = words || '';
    find('[data-problem-login]').hidden = !login;
    find('[data-problem-plain]').hidden = !plain;
  }
  function net() { find('[data-net]').textContent = navigator.onLine ? say('online') : say('offline'); }

  /* ---- 谁在用、有哪些地方和委员：有网络就问，没有就用上次记下的 ---- */
  async function meet() {
    try {
      const answer = await fetch(box.getAttribute('data-token'), { credentials: 'same-origin', cache: 'no-store' });
      const told = await answer.json();
      if (answer.ok) {
        csrf = told.csrf;
        delete told.csrf;
        if (!current || who.account === told.account) { who = told; }
        await put('known', Object.assign({ id: 'last' }, told));
        return 'met';
      }
      problem(answer.status === 401 ? say('login') : told.error, answer.status === 401, false);
      if (answer.status === 401) { return recall('login'); }
      return 'refused';
    } catch (lost) {
      return recall('offline');
    }
  }
  async function recall(how) {
    const known = await get('known', 'last');
    if (known && !who) { who = known; }
    if (!who) { problem(say('unknown'), how === 'login', true); }
    return how;
  }

  /* ---- 列表 ---- */
  function title(draft) {
    const place = who.places.filter((p) => p.id === draft.venue)[0];
    return place ? place.name : draft.venue_name || say('nowhere');
  }
  async function list() {
    const rows = await drafts(), mine = rows.filter((d) => d.account === who.account), shelf = find('[data-list]');
    mine.sort((a, b) => b.touched - a.touched);
    shelf.textContent = '';
    mine.forEach(function (draft) {
      const row = find('[data-row-block]').content.cloneNode(true), tag = find('[data-state]', row);
      find('[data-title]', row).textContent = title(draft);
      find('[data-when]', row).textContent = draft.on;
      tag.textContent = say(draft.state);
      tag.className = 'tag tag-' + ({ sent: 'done', refused: 'late', draft: 'neutral' }[draft.state] || 'waiting');
      find('[data-open]', row).addEventListener('click', function () { show(draft.key); });
      shelf.appendChild(row);
    });
    find('[data-none]').hidden = mine.length > 0;
    find('[data-others]').hidden = rows.length === mine.length;
    find('[data-others]').textContent = say('others');
    find('[data-list-part]').hidden = !!current;
    find('[data-form]').hidden = !current || current.state === 'sent';
    find('[data-receipt]').hidden = !current || current.state !== 'sent';
  }
  async function back() { current = null; problem(''); await list(); window.scrollTo(0, 0); }

  /* ---- 一份草稿 ---- */
  function blank() {
    return {
      key: newKey(), account: who.account, state: 'draft', touched: Date.now(), on: localDay(),
      venue: who.places.length === 1 ? who.places[0].id : null,
      members: who.member ? [who.member] : [], kinds: [], households: '', explained: '', noted: '',
      voices: [], promises: [], photos: [], errors: {}
    };
  }
  function localDay() {
    const now = new Date(), two = (n) => ('0' + n).slice(-2);
    return now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate());
  }
  async function show(key) {
    current = await get('drafts', key);
    if (current.state === 'sent') { receipts(); } else { fill(); }
    await list();
    window.scrollTo(0, 0);
  }
  function fill() {
    const place = find('[data-name=venue]');
    place.textContent = '';
    place.appendChild(new Option('—', ''));
    who.places.forEach((p) => place.appendChild(new Option(p.name, p.id, false, p.id === current.venue)));
    ['on', 'households', 'explained', 'noted'].forEach(function (name) { find('[data-name=' + name + ']').value = current[name]; });
    all('[data-kind]').forEach(function (tick) { tick.checked = current.kinds.indexOf(tick.value) >= 0; });
    find('[data-seek-members]').value = '';
    members('');
    blocks('voices', '[data-voice-block]');
    blocks('promises', '[data-promise-block]');
    pictures();
    errors();
    saved(current.state);
  }
  function saved(state) { find('[data-saved]').textContent = say(state); }
  function members(words) {
    const shelf = find('[data-members]'), chosen = who.members.filter((m) => current.members.indexOf(m.id) >= 0);
    const fit = who.members.filter((m) => words ? m.name.indexOf(words) >= 0 : chosen.indexOf(m) >= 0);
    shelf.textContent = '';
    find('[data-chosen]').textContent = chosen.map((m) => m.name).join('、');
    fit.slice(0, 30).forEach(function (member) {
      const label = document.createElement('label'), tick = document.createElement('input'), name = document.createElement('span');
      label.className = 'option';
      tick.type = 'checkbox';
      tick.checked = current.members.indexOf(member.id) >= 0;
      tick.addEventListener('change', function () {
        current.members = current.members.filter((id) => id !== member.id).concat(tick.checked ? [member.id] : []);
        find('[data-chosen]').textContent = who.members.filter((m) => current.members.indexOf(m.id) >= 0).map((m) => m.name).join('、');
        save();
      });
      name.textContent = member.name;
      label.appendChild(tick);
      label.appendChild(name);
      shelf.appendChild(label);
    });
  }
  function blocks(name, what) {
    const shelf = find('[data-' + name + ']');
    shelf.textContent = '';
    current[name].forEach(function (row) {
      const block = find(what).content.cloneNode(true), outer = block.firstElementChild;
      all('[data-part]', outer).forEach(function (field) {
        field.value = row[field.getAttribute('data-part')] || '';
        field.addEventListener('input', function () { row[field.getAttribute('data-part')] = field.value; later(); });
      });
      find('[data-drop]', outer).addEventListener('click', function () {
        current[name].splice(current[name].indexOf(row), 1);
        blocks(name, what);
        save();
      });
      shelf.appendChild(block);
    });
  }
  function add(name, row, what) {
    if (current[name].length >= 10) { return; }
    current[name].push(row);
    blocks(name, what);
    save();
    const last = all('[data-part]', find('[data-' + name + ']').lastElementChild)[0];
    if (last) { last.focus(); }
  }
  function errors() {
    all('[data-field]').forEach(function (part) {
      const words = current.errors[part.getAttribute('data-field')], line = find('[data-error]', part);
      line.hidden = !words;
      line.textContent = words || '';
      part.classList.toggle('has-error', !!words);
    });
    const shown = all('[data-field]').map((part) => part.getAttribute('data-field'));
    problem(Object.keys(current.errors).filter((n) => shown.indexOf(n) < 0).map((n) => current.errors[n]).join(' '));
    const first = find('.has-error');
    if (first) { first.scrollIntoView({ block: 'center' }); }
  }

  /* 写一个字存一个字：停手三分之一秒就存 */
  function later() { window.clearTimeout(timer); timer = window.setTimeout(save, 300); }
  async function save() {
    window.clearTimeout(timer);
    if (!current || current.state === 'sent') { return; }
    current.touched = Date.now();
    if (current.state !== 'draft') { current.state = 'draft'; }
    try { await put('drafts', current); saved('draft'); } catch (full) { problem(say('full')); }
  }

  /* ---- 照片：先缩小再存，手机里放得下，路上也快 ---- */
  async function shrink(file) {
    if (!window.createImageBitmap) { return file; }
    let map = null;
    try { map = await window.createImageBitmap(file); } catch (unknown) { return file; }
    const scale = Math.min(1, SIDE / Math.max(map.width, map.height)), canvas = document.createElement('canvas');
    canvas.width = Math.round(map.width * scale);
    canvas.height = Math.round(map.height * scale);
    canvas.getContext('2d').drawImage(map, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob((made) => done(made || file), 'image/jpeg', 0.85));
  }
  async function photograph(files) {
    for (const file of files.slice(0, MOST_PHOTOS - current.photos.length)) {
      current.photos.push({ name: file.name.replace(/\.\w+$/, '') + '.jpg', blob: await shrink(file) });
    }
    pictures();
    await save();
  }
  function pictures() {
    const shelf = find('[data-photos]');
    shelf.textContent = '';
    current.photos.forEach(function (photo) {
      const item = document.createElement('li'), name = document.createElement('span'), gone = document.createElement('button');
      name.textContent = photo.name + ' · ' + (photo.blob.size / 1048576).toFixed(1) + ' MB';
      gone.type = 'button';
      gone.className = 'btn btn-quiet';
      gone.textContent = '×';
      gone.setAttribute('aria-label', photo.name + ' ×');
      gone.addEventListener('click', function () { current.photos.splice(current.photos.indexOf(photo), 1); pictures(); save(); });
      item.appendChild(name);
      item.appendChild(gone);
      shelf.appendChild(item);
    });
  }

  /* ---- 发送：一份一份送，编号不变，重送也只算一次 ---- */
  function parcel(draft) {
    const form = new FormData();
    ['key', 'account', 'on', 'households', 'explained', 'noted'].forEach((name) => form.append(name, draft[name]));
    form.append('venue', draft.venue || '');
    draft.members.forEach((id) => form.append('members', id));
    draft.kinds.forEach((kind) => form.append('kinds', kind));
    form.append('voices', JSON.stringify(draft.voices.filter((v) => (v.text || '').trim())));
    form.append('promises', JSON.stringify(draft.promises.filter((p) => (p.text || '').trim())));
    draft.photos.forEach((photo) => form.append('photos', photo.blob, photo.name));
    return form;
  }
  function post(form) {
    return new Promise(function (done) {
      const call = new XMLHttpRequest(), bar = find('[data-progress]');
      call.open('POST', box.getAttribute('data-send'));
      call.setRequestHeader('X-CSRFToken', csrf);
      call.timeout = 120000;
      call.upload.onprogress = function (event) { if (event.lengthComputable) { bar.hidden = false; bar.value = 100 * event.loaded / event.total; } };
      call.onload = function () { bar.hidden = true; done(call); };
      call.onerror = call.ontimeout = call.onabort = function () { bar.hidden = true; done(null); };
      call.send(form);
    });
  }
  async function sendOne(draft) {
    let call = await post(parcel(draft));
    if (call && call.status === 403 && await meet() === 'met') { call = await post(parcel(draft)); }
    if (!call) { return keep(draft, 'waiting', say('failed')); }
    if (call.status === 401) { await keep(draft, 'waiting', ''); problem(say('login'), true); return false; }
    let told = null;
    try { told = JSON.parse(call.responseText); } catch (odd) { return keep(draft, 'waiting', say('broken')); }
    if (call.status === 200) {
      draft.receipts = told.voices.map(function (voice) {
        const said = draft.voices.filter((v) => v.key === voice.key)[0];
        return { no: voice.no, code: voice.code, text: said ? said.text : '' };
      });
      draft.voices = [];
      draft.promises = [];
      draft.photos = [];
      draft.noted = '';
      draft.sent = Date.now();
      await keep(draft, 'sent', '');
      return true;
    }
    draft.errors = told.errors || { '': told.error || say('broken') };
    return keep(draft, call.status === 422 ? 'refused' : 'waiting', '');
  }
  async function keep(draft, state, words) {
    draft.state = state;
    draft.touched = Date.now();
    if (state !== 'refused') { draft.errors = {}; }
    await put('drafts', draft);
    if (current && current.key === draft.key) {
      current = draft;
      if (state === 'sent') { receipts(); } else { fill(); }
    }
    if (words) { problem(words); }
    await list();
    return false;
  }
  async function flush() {
    if (busy || !who || !navigator.onLine) { net(); return; }
    busy = true;
    try {
      const waiting = (await drafts()).filter((d) => d.account === who.account && d.state === 'waiting');
      if (waiting.length && (csrf || await meet() === 'met')) {
        for (const draft of waiting) { await sendOne(draft); }
      }
    } finally { busy = false; net(); }
  }

  /* ---- 回执 ---- */
  function receipts() {
    const shelf = find('[data-codes]');
    shelf.textContent = '';
    current.receipts.forEach(function (slip) {
      const part = find('[data-code-block]').content.cloneNode(true);
      find('[data-no]', part).textContent = slip.no;
      find('[data-text]', part).textContent = slip.text.slice(0, 80);
      find('[data-code]', part).textContent = slip.code.replace(/(\d{4})(?=\d)/g, '$1 ');
      shelf.appendChild(part);
    });
  }

  /* ---- 接上 ---- */
  function listen() {
    find('[data-new]').addEventListener('click', async function () {
      const draft = blank();
      await put('drafts', draft);
      await show(draft.key);
    });
    all('[data-back]').forEach((button) => button.addEventListener('click', async function () { await save(); await back(); }));
    find('[data-delete]').addEventListener('click', async function () {
      if (!window.confirm(say('delete'))) { return; }
      await drop('drafts', current.key);
      await back();
    });
    find('[data-dismiss]').addEventListener('click', async function () { await drop('drafts', current.key); await back(); });
    find('[data-clear]').addEventListener('click', async function () {
      for (const draft of await drafts()) {
        const empty = draft.state === 'draft' && !draft.kinds.length && !draft.noted && !draft.voices.length && !draft.photos.length;
        if (draft.account === who.account && (draft.state === 'sent' || empty)) { await drop('drafts', draft.key); }
      }
      await list();
    });
    find('[data-name=venue]').addEventListener('change', function (event) {
      current.venue = +event.target.value || null;
      current.venue_name = event.target.selectedOptions[0].text;
      save();
    });
    ['on', 'households', 'explained', 'noted'].forEach(function (name) {
      find('[data-name=' + name + ']').addEventListener('input', function (event) { current[name] = event.target.value; later(); });
    });
    all('[data-kind]').forEach((tick) => tick.addEventListener('change', function () {
      current.kinds = all('[data-kind]').filter((t) => t.checked).map((t) => t.value);
      save();
    }));
    find('[data-seek-members]').addEventListener('input', (event) => members(event.target.value.trim()));
    find('[data-add-voice]').addEventListener('click', () => add('voices', { key: newKey(), text: '', place_note: '', name: '', phone: '' }, '[data-voice-block]'));
    find('[data-add-promise]').addEventListener('click', () => add('promises', { text: '', due: '' }, '[data-promise-block]'));
    find('[data-photo-input]').addEventListener('change', async function (event) {
      await photograph(Array.prototype.slice.call(event.target.files));
      event.target.value = '';
    });
    find('[data-send-now]').addEventListener('click', async function () {
      await save();
      current.state = 'waiting';
      await put('drafts', current);
      saved(navigator.onLine ? 'sending' : 'waiting');
      await flush();
      await list();
    });
    window.addEventListener('online', flush);
    window.addEventListener('offline', net);
    document.addEventListener('visibilitychange', function () { if (!document.hidden) { flush(); } else { save(); } });
    window.setInterval(flush, RETRY);
  }
  async function start() {
    try { db = await open(); } catch (none) { problem(say('full'), false, true); return; }
    net();
    await meet();
    if (!who) { return; }
    for (const draft of await drafts()) {
      if (draft.state === 'sent' && Date.now() - draft.sent > KEEP_SENT) { await drop('drafts', draft.key); }
    }
    listen();
    await list();
    const place = +new URLSearchParams(window.location.search).get('venue');
    if (place && who.places.some((p) => p.id === place)) {
      const draft = blank();
      draft.venue = place;
      await put('drafts', draft);
      await show(draft.key);
    }
    await flush();
    if ('serviceWorker' in navigator) { navigator.serviceWorker.register(box.getAttribute('data-worker')).catch(function () {}); }
  }
  start();
}());
