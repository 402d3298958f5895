/* 让走访记录这一页没有网络也能打开：只留这一页和它的样式、脚本、图标，别的都不管。 */
'use strict';
var STORE = 'visits-' + self.SHELL.join('|').length + '-' + hash(self.SHELL.join('|'));

function hash(text) {
  var sum = 0, i;
  for (i = 0; i < text.length; i += 1) { sum = (sum * 31 + text.charCodeAt(i)) | 0; }
  return sum;
}

self.addEventListener('install', function (event) {
  event.waitUntil(caches.open(STORE).then(function (store) {
    return Promise.all(self.SHELL.map(function (address) {
      return fetch(address, { credentials: 'same-origin' }).then(function (answer) {
        if (answer.ok && !answer.redirected) { return store.put(address, answer); }
      });
    }));
  }).then(function () { return self.skipWaiting(); }));
});

self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (name) {
      return name !== STORE && name.indexOf('visits-') === 0 ? caches.delete(name) : null;
    }));
  }).then(function () { return self.clients.claim(); }));
});

self.addEventListener('fetch', function (event) {
  var path = new URL(event.request.url).pathname;
  if (event.request.method !== 'GET' || self.SHELL.indexOf(path) < 0) { return; }
  if (event.request.mode === 'navigate') {
    /* 有网络就用新的，顺手换掉旧的；没有网络才用留着的 */
    event.respondWith(fetch(event.request).then(function (answer) {
      var copy = answer.clone();
      if (answer.ok && !answer.redirected) { caches.open(STORE).then(function (store) { store.put(path, copy); }); }
      return answer;
    }, function () { return caches.match(path); }));
    return;
  }
  event.respondWith(caches.match(path).then(function (kept) { return kept || fetch(event.request); }));
});
