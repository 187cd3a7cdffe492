// Works the page's filters as a reader would, and leaves what it saw in the document for the test.
(() => {
  const seen = { errors: [] };
  window.addEventListener('error', (event) => seen.errors.push(event.message));
  window.addEventListener('load', () => {
    const form = document.getElementById('filters');
    const facts = () => Array.from(document.querySelectorAll('.fact'));
    const visible = () => facts().filter((fact) => !fact.hidden);
    const said = () => document.getElementById('shown').textContent;
    const change = (edit) => {
      edit();
      form.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const field = (name) => form.elements.namedItem(name);
    const boxes = Array.from(form.querySelectorAll('[name=class]'));

    seen.all = [facts().length, visible().length, said()];
    change(() => { field('text').value = 'FIELD_21'; });
    seen.text = visible().map((fact) => fact.querySelector('summary code').textContent);
    change(() => { field('text').value = 'no such thing'; });
    seen.nothing = [visible().length, !document.getElementById('none').hidden];
    change(() => { field('text').value = ''; });
    change(() => boxes.forEach((box) => { box.checked = box.value === 'breaking'; }));
    seen.classes = [...new Set(visible().map((fact) => fact.dataset.class))];
    seen.sections = Array.from(document.querySelectorAll('section.part')).filter((it) => !it.hidden).length;
    change(() => boxes.forEach((box) => { box.checked = true; }));
    change(() => { field('direction').value = 'request'; });
    seen.directions = [...new Set(visible().map((fact) => fact.dataset.direction))].sort();
    change(() => { field('direction').value = ''; field('group').value = 'bills'; });
    seen.groups = [...new Set(visible().map((fact) => fact.dataset.group))];
    change(() => { field('group').value = ''; field('who').value = 'decode'; });
    seen.who = visible().length > 0 && visible().every((fact) => fact.dataset.who.includes('decode'));
    change(() => { field('who').value = ''; });
    seen.again = visible().length;
    document.getElementById('open').click();
    seen.open = facts().filter((fact) => fact.open).length;

    const root = document.documentElement;
    seen.width = [root.clientWidth, root.scrollWidth];
    // Fingers need room; what is smaller than 24 px is hard to hit.
    const targets = document.querySelectorAll('summary, select, input[type=search], button, .chip');
    const low = Array.from(targets).filter((it) => it.getClientRects().length && it.getBoundingClientRect().height < 24);
    seen.low = low.length;
    seen.unnamed = Array.from(form.querySelectorAll('select, input')).filter((it) => !it.labels?.length && !it.getAttribute('aria-label')).length;
    seen.hostile = document.querySelectorAll('script:not([data-own])').length;
    parent.postMessage(JSON.stringify(seen), '*');
  });
})();
