'use strict';
(() => {
  const form = document.getElementById('filters');
  const shown = document.getElementById('shown');
  const none = document.getElementById('none');
  const facts = Array.from(document.querySelectorAll('.fact'), (node) => ({
    node,
    text: node.textContent.toLowerCase(),
    classes: node.dataset.class,
    direction: node.dataset.direction,
    group: node.dataset.group,
    who: node.dataset.who.split(' '),
  }));
  const sections = Array.from(document.querySelectorAll('section.part'));

  function apply() {
    const data = new FormData(form);
    const words = String(data.get('text')).toLowerCase().split(/\s+/).filter(Boolean);
    const classes = new Set(data.getAll('class'));
    const direction = data.get('direction');
    const group = data.get('group');
    const who = data.get('who');
    let count = 0;
    for (const fact of facts) {
      const fits = classes.has(fact.classes)
        && (!direction || fact.direction === direction
          || (fact.direction === 'both' && direction !== 'unreachable'))
        && (!group || fact.group === group)
        && (!who || fact.who.includes(who))
        && words.every((word) => fact.text.includes(word));
      fact.node.hidden = !fits;
      if (fits) count += 1;
    }
    for (const section of sections) {
      const own = section.querySelectorAll('.fact');
      section.hidden = own.length > 0 && !section.querySelector('.fact:not([hidden])');
    }
    shown.textContent = `${count} of ${facts.length} shown`;
    none.hidden = count > 0 || facts.length === 0;
  }

  form.addEventListener('input', apply);
  form.addEventListener('reset', () => setTimeout(apply, 0));
  form.addEventListener('submit', (event) => event.preventDefault());
  document.getElementById('open').addEventListener('click', (event) => {
    const open = event.currentTarget.getAttribute('aria-pressed') !== 'true';
    event.currentTarget.setAttribute('aria-pressed', String(open));
    event.currentTarget.textContent = open ? 'Close all' : 'Open all';
    for (const fact of facts) fact.node.open = open && !fact.node.hidden;
  });
  const wanted = location.hash.slice(1);
  const target = wanted && document.getElementById(wanted);
  if (target && target.classList.contains('fact')) {
    target.open = true;
    target.scrollIntoView();
  }
  apply();
})();
