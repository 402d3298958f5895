/* 渐进增强：没有脚本，每一页照样能用。只按 data-* 属性挂接。 */
(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('js');
  function each(selector, fn, scope) {
    Array.prototype.forEach.call((scope || document).querySelectorAll(selector), fn);
  }
  function say(text) {
    var live = document.getElementById('live');
    if (live) { live.textContent = ''; setTimeout(function () { live.textContent = text; }, 50); }
  }

  /* 一个表单只提交一次 */
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.hasAttribute('data-resubmit')) { return; }
    if (form.getAttribute('aria-busy') === 'true') { event.preventDefault(); return; }
    form.setAttribute('aria-busy', 'true');
    setTimeout(function () { working(form, event.submitter); }, 1000);
  });

  /* 一秒还没有办完，就说一声正在办 */
  function working(form, button) {
    var words = document.body.getAttribute('data-working'), place = button || form.querySelector('[type=submit]');
    if (!words || !place || form.getAttribute('aria-busy') !== 'true' || form.querySelector('.working')) { return; }
    var note = document.createElement('span'), bar = document.createElement('progress');
    note.className = 'working';
    bar.setAttribute('aria-hidden', 'true');
    note.appendChild(bar);
    note.appendChild(document.createTextNode(words));
    place.parentNode.insertBefore(note, place.nextSibling);
    say(words);
  }
  window.addEventListener('pageshow', function () {
    each('form[aria-busy]', function (form) { form.removeAttribute('aria-busy'); });
    each('.working', function (note) { note.parentNode.removeChild(note); });
  });

  /* 文本框随字长高 */
  function grow(box) {
    box.style.height = 'auto';
    box.style.height = (box.scrollHeight + box.offsetHeight - box.clientHeight) + 'px';
  }
  document.addEventListener('input', function (event) {
    if (event.target.nodeName === 'TEXTAREA') { grow(event.target); }
  });

  /* 照片：先看小图，先查张数和大小；画在画布上，不另取地址 */
  function preview(box, input) {
    var list = box.querySelector('[data-upload-list]');
    var note = box.querySelector('[data-upload-note]');
    var most = +box.getAttribute('data-max-files'), mb = +box.getAttribute('data-max-mb');
    var files = Array.prototype.slice.call(input.files), problem = '';
    if (most && files.length > most) { problem = box.getAttribute('data-too-many'); }
    files.forEach(function (file) {
      if (mb && file.size > mb * 1048576) { problem = box.getAttribute('data-too-big') + ' ' + file.name; }
    });
    input.setCustomValidity(problem);
    note.textContent = problem;
    list.textContent = '';
    files.slice(0, 12).forEach(function (file) {
      var item = document.createElement('li'), name = document.createElement('span');
      name.textContent = file.name + ' · ' + (file.size / 1048576).toFixed(1) + ' MB';
      item.appendChild(name);
      list.appendChild(item);
      if (window.createImageBitmap && /^image\//.test(file.type)) {
        window.createImageBitmap(file).then(function (map) {
          var canvas = document.createElement('canvas'), side = Math.min(map.width, map.height);
          canvas.width = canvas.height = 160;
          canvas.getContext('2d').drawImage(map, (map.width - side) / 2, (map.height - side) / 2, side, side, 0, 0, 160, 160);
          item.insertBefore(canvas, name);
        }, function () {});
      }
    });
  }
  document.addEventListener('change', function (event) {
    var box = event.target.type === 'file' && event.target.closest('[data-upload]');
    if (box) { preview(box, event.target); }
    if (event.target.hasAttribute && event.target.hasAttribute('data-autosubmit')) { event.target.form.submit(); }
  });

  /* 复制查询码、打印、朗读 */
  function copy(button) {
    var text = button.getAttribute('data-copy'), area;
    function done() { button.classList.add('is-done'); say(button.getAttribute('data-done')); }
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(text).then(done); return; }
    area = document.createElement('textarea');
    area.value = text;
    document.body.appendChild(area);
    area.select();
    if (document.execCommand('copy')) { done(); }
    document.body.removeChild(area);
  }
  var voice = window.speechSynthesis && window.SpeechSynthesisUtterance ? window.speechSynthesis : null;
  function read(button) {
    var target = document.querySelector(button.getAttribute('data-read')), words;
    if (button.getAttribute('aria-pressed') === 'true') { voice.cancel(); button.setAttribute('aria-pressed', 'false'); return; }
    each('[data-read]', function (other) { other.setAttribute('aria-pressed', 'false'); });
    voice.cancel();
    if (!target) { return; }
    words = new window.SpeechSynthesisUtterance(target.innerText);
    words.lang = root.lang === 'en' ? 'en' : 'zh-CN';
    words.rate = 0.9;
    words.onend = words.onerror = function () { button.setAttribute('aria-pressed', 'false'); };
    button.setAttribute('aria-pressed', 'true');
    voice.speak(words);
  }
  document.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('button[data-copy],button[data-print],button[data-read]');
    if (!button) { return; }
    if (button.hasAttribute('data-print')) { window.print(); }
    if (button.hasAttribute('data-copy')) { copy(button); }
    if (button.hasAttribute('data-read')) { read(button); }
  });
  window.addEventListener('pagehide', function () { if (voice) { voice.cancel(); } });

  /* 选项多：给一个找的框，只留下有这几个字的；选中的总留着 */
  function seek(box) {
    var select = box.querySelector('select'), input = document.createElement('input');
    var note = document.createElement('p');
    var items = Array.prototype.slice.call(select ? select.options : box.querySelectorAll('label.option'));
    var homes = items.map(function (item) { return item.parentNode; });
    input.type = 'search';
    input.className = 'input seek';
    input.placeholder = box.getAttribute('data-seek');
    input.setAttribute('aria-label', box.getAttribute('data-seek'));
    input.autocomplete = 'off';
    note.className = 'hint';
    note.setAttribute('role', 'status');
    (select || box.querySelector('.options')).insertAdjacentElement('beforebegin', input);
    input.insertAdjacentElement('afterend', note);
    input.addEventListener('keydown', function (event) { if (event.key === 'Enter') { event.preventDefault(); } });
    input.addEventListener('input', function () {
      var words = input.value.trim().toLowerCase().split(/\s+/), left = 0, first = null;
      items.forEach(function (item, index) {
        var text = item.textContent.toLowerCase();
        var fits = words.every(function (word) { return text.indexOf(word) >= 0; });
        var chosen = select ? item.selected || !item.value : item.querySelector('input').checked;
        if (fits && item.value !== '') { left += 1; first = first || item; }
        if (!select) { item.hidden = !(fits || chosen); return; }
        if (item.parentNode) { item.parentNode.removeChild(item); }
        if (fits || chosen) { homes[index].appendChild(item); }
      });
      each('optgroup', function (group) { group.hidden = !group.children.length; }, box);
      if (select && left === 1 && input.value) { first.selected = true; }
      note.textContent = left ? '' : box.getAttribute('data-none');
    });
  }

  /* 几个框合起来数字数，空白不算 */
  function count(last) {
    var boxes = document.querySelectorAll('[data-count="' + last.getAttribute('data-count') + '"]');
    var most = +last.getAttribute('data-most'), note = document.createElement('p');
    note.setAttribute('role', 'status');
    last.insertAdjacentElement('afterend', note);
    function tell() {
      var now = 0;
      Array.prototype.forEach.call(boxes, function (box) { now += Array.from(box.value.replace(/\s+/g, '')).length; });
      note.className = now > most ? 'error' : 'hint';
      note.textContent = last.getAttribute('data-words').replace('%(now)s', now).replace('%(most)s', most) +
        (now > most ? '。' + last.getAttribute('data-over').replace('%(over)s', now - most) : '');
    }
    Array.prototype.forEach.call(boxes, function (box) { box.addEventListener('input', tell); });
    tell();
  }

  function ready() {
    each('[data-seek]', seek);
    each('[data-most]', count);
    each('[data-print],[data-copy]', function (button) { button.hidden = false; });
    if (voice) { each('[data-read]', function (button) { button.hidden = false; }); }
    each('[data-focus]', function (box) { box.focus(); });
    each('input[data-from-hash]', function (box) {
      /* 小票上的码把查询码放在 # 后面：不送给服务器，填好就从地址里抹掉 */
      if (!/^#\d{26}$/.test(window.location.hash)) { return; }
      box.value = window.location.hash.slice(1).replace(/(\d{4})(?=\d)/g, '$1 ');
      window.history.replaceState(null, '', window.location.pathname);
      /* 折起来的表单要打开，不然扫了单子的人看不到码已经填好 */
      var fold = box;
      while (fold && fold.tagName !== 'DETAILS') { fold = fold.parentElement; }
      if (fold) { fold.open = true; fold.scrollIntoView(); }
    });
  }
  if (document.readyState === 'loading') { document.addEventListener('DOMContentLoaded', ready); } else { ready(); }
}());
