/* 一览的图。数据在页面里的 JSON 块，图只是把旁边的表再画一遍；没有脚本时只有表。 */
(function () {
  'use strict';
  var source = document.getElementById('pictures');
  if (!source || !window.echarts) { return; }
  var data = JSON.parse(source.textContent), style = getComputedStyle(document.documentElement);
  var wall = document.body.classList.contains('wall'), drawn = [];
  var still = window.matchMedia && matchMedia('(prefers-reduced-motion: reduce)').matches;
  function token(name) { return style.getPropertyValue('--' + name).trim(); }
  var size = parseFloat(style.fontSize) * (wall ? 1 : 0.8);
  var colour = { step: token('river'), good: token('river-deep'), waiting: token('lamp'), ended: token('edge') };
  var words = { color: token('ink'), fontFamily: token('sans'), fontSize: size };

  function place(name) {
    var box = document.querySelector('[data-picture=' + name + ']');
    if (box) { box.hidden = false; box.parentNode.classList.add('is-drawn'); }
    return box;
  }
  function draw(name, option, height) {
    var box = place(name), chart;
    if (!box) { return; }
    if (height) { box.style.height = height + 'px'; }
    chart = window.echarts.init(box, null, { renderer: 'canvas', devicePixelRatio: Math.max(2, window.devicePixelRatio || 1) });
    option.textStyle = words;
    option.animation = false;
    /* 富文本提示写在画布上：网页形式的提示带内联样式，安全策略不许 */
    option.tooltip = { renderMode: 'richText', confine: true, textStyle: words, backgroundColor: token('sheet'), formatter: option.said };
    chart.setOption(option);
    chart.on('click', function (event) { if (!wall && event.data && event.data.href) { location.href = event.data.href; } });
    drawn.push(chart);
  }

  function trend(told) {
    draw('trend', {
      grid: { left: 8, right: 16, top: size * 2.6, bottom: 8, containLabel: true },
      title: { text: told.name, textStyle: { fontSize: size, fontWeight: 'normal', color: token('ink-2'), fontFamily: token('sans') } },
      xAxis: { type: 'category', data: told.bars.map(function (bar) { return bar.words; }), axisLabel: words, axisTick: { show: false }, axisLine: { lineStyle: { color: token('edge') } } },
      yAxis: { type: 'value', minInterval: 1, axisLabel: words, splitLine: { lineStyle: { color: token('line') } } },
      said: function (event) { return event.name + '  ' + (event.data.value === null ? '—' : event.data.value); },
      series: [{ type: 'bar', barMaxWidth: size * 2.2, itemStyle: { color: colour.step },
        data: told.bars.map(function (bar) { return { value: bar.number, href: bar.href }; }) }]
    });
  }

  function flow(told) {
    if (!told.links.length) { return; }
    var narrow = window.innerWidth < 640, used = {};
    /* 英文的步名长，手机上横着排会互相压住，就竖着写 */
    var upright = narrow && told.nodes.some(function (node) { return node.kind === 'step' && node.words.length > 6; });
    told.links.forEach(function (link) { used[link.source] = used[link.target] = true; });
    function name(index) { return told.nodes[index].words + ' ' + told.nodes[index].number; }
    var nodes = told.nodes.map(function (node, index) {
      return { name: name(index), itemStyle: { color: colour[node.kind] }, shown: used[index],
        label: node.kind !== 'step' ? {} : upright ? { position: 'top', distance: 8, rotate: 90, align: 'left', verticalAlign: 'middle', formatter: name(index), width: size * 10 } : { position: 'top', distance: 4, formatter: node.words + '\n' + node.number, width: size * (narrow ? 5 : 8) } };
    }).filter(function (node) { return node.shown; });
    draw('flow', {
      said: function (event) { return event.dataType === 'edge' ? event.data.source + ' → ' + event.data.target + '：' + event.data.value : event.name; },
      series: [{
        type: 'sankey', left: size * 1.2, right: narrow ? size * 8 : size * 13, top: size * (upright ? 8 : 3), bottom: 12, nodeWidth: 16, nodeGap: size * 1.5, layoutIterations: 64,
        draggable: false, emphasis: { focus: 'adjacency' }, data: nodes,
        label: { color: token('ink'), fontSize: narrow ? size * 0.85 : size, lineHeight: size * 1.2, fontFamily: token('sans'), width: narrow ? size * 7 : size * 12, overflow: 'break' },
        lineStyle: { color: 'target', opacity: 0.35, curveness: 0.5 },
        links: told.links.map(function (link) { return { source: name(link.source), target: name(link.target), value: link.value }; })
      }]
    }, Math.max(nodes.length * size * 2.6, 320));
  }

  function map(told) {
    var box = place('map'), L = window.L, lines, chart;
    chart = L.map(box, { attributionControl: false, zoomSnap: 0.1, scrollWheelZoom: false, zoomControl: !wall, dragging: !wall, fadeAnimation: !still, zoomAnimation: !still });
    L.control.attribution({ prefix: false }).addAttribution(told.approval).addTo(chart);
    function text(words) { var span = document.createElement('span'); span.textContent = words; return span; }
    fetch(told.lines, { credentials: 'same-origin' }).then(function (answer) { return answer.json(); }).then(function (found) {
      var towns = {};
      told.towns.forEach(function (town) { towns[town.code] = town; });
      lines = L.geoJSON(found, { style: { color: token('edge'), weight: 1.5, fillColor: token('sheet'), fillOpacity: 1 }, interactive: false }).addTo(chart);
      chart.fitBounds(lines.getBounds(), { padding: [12, 12] });
      lines.eachLayer(function (layer) {
        var town = towns[layer.feature.properties.code], centre = layer.getBounds().getCenter(), dot;
        if (!town) { return; }
        dot = L.circleMarker(centre, { radius: town.radius * 0.8 || 2, color: token('river-deep'), weight: 1, fillColor: token('river'), fillOpacity: 0.55 }).addTo(chart);
        dot.bindTooltip(text(town.words), { permanent: true, direction: 'bottom', offset: [0, town.radius * 0.8 - 4], className: 'town-name' });
        dot.on('click', function () { if (!wall) { location.href = town.href; } });
      });
      told.points.forEach(function (point) {
        var dot = L.circleMarker(point.at, { radius: 5, color: token('sheet'), weight: 1.5, fillColor: token('lamp-ink'), fillOpacity: 1 }).addTo(chart);
        dot.bindTooltip(text(point.kind + '：' + point.name));
        dot.on('click', function () { if (!wall) { location.href = point.href; } });
      });
    });
  }

  if (data.trend.bars.length) { trend(data.trend); }
  flow(data.flow);
  if (data.map && window.L) { map(data.map); }
  function fit() { drawn.forEach(function (chart) { chart.resize(); }); }
  window.addEventListener('resize', fit);
  window.addEventListener('beforeprint', fit);
  window.addEventListener('afterprint', fit);
}());
