(function () {
  "use strict";
  var root = document.documentElement;
  var side = document.querySelector(".side");
  var menu = document.querySelector(".menu");
  var links = Array.prototype.slice.call(document.querySelectorAll("#contents a"));
  var targets = links.map(function (link) { return document.getElementById(link.getAttribute("href").slice(1)); });
  var current = -1;

  function open(shown) {
    side.classList.toggle("open", shown);
    menu.setAttribute("aria-expanded", String(shown));
  }

  function mark() {
    var line = 100, found = 0;
    var end = window.innerHeight + window.scrollY >= root.scrollHeight - 4;
    targets.forEach(function (target, n) {
      if (end || target.getBoundingClientRect().top <= line) { found = n; }
    });
    if (found === current) { return; }
    current = found;
    links.forEach(function (link, n) {
      if (n === found) { link.setAttribute("aria-current", "true"); } else { link.removeAttribute("aria-current"); }
      link.parentNode.classList.toggle("here", link.parentNode.contains(links[found]));
    });
    var box = document.getElementById("contents"), at = links[found];
    if (at.offsetTop < box.scrollTop || at.offsetTop + at.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = at.offsetTop - box.clientHeight / 3;
    }
  }

  function reach() {
    document.querySelectorAll(".fb-scroll, .fb-svg").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth + 1) { box.tabIndex = 0; } else { box.removeAttribute("tabindex"); }
    });
  }

  var waiting = false;
  function soon() {
    if (waiting) { return; }
    waiting = true;
    window.requestAnimationFrame(function () { waiting = false; mark(); });
  }

  root.classList.add("js");
  menu.addEventListener("click", function () { open(!side.classList.contains("open")); });
  document.getElementById("contents").addEventListener("click", function (event) {
    if (event.target.closest("a")) { open(false); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && side.classList.contains("open")) { open(false); menu.focus(); }
  });
  window.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", function () { soon(); reach(); });
  mark();
  reach();
})();
