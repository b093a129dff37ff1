'use strict';

const root = document.body.dataset.root;
const page = document.documentElement;

// Light and dark

document.getElementById('theme').addEventListener('click', () => {
    page.dataset.theme = page.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
        localStorage.setItem('theme', page.dataset.theme);
    } catch {
        // Then it holds for this page alone.
    }
    draw();
});

// The list of pages, which a narrow screen hides

const menu = document.getElementById('menu');
menu.addEventListener('click', () => {
    const open = document.body.classList.toggle('menu-open');
    menu.setAttribute('aria-expanded', String(open));
});

// Code

for (const code of document.querySelectorAll('pre > code[class*="language-"]')) {
    hljs.highlightElement(code);
}
for (const block of document.querySelectorAll('main pre:not(.mermaid)')) {
    const text = block.textContent;
    const copy = document.createElement('button');
    copy.type = 'button';
    copy.className = 'copy';
    copy.textContent = 'Copy';
    copy.addEventListener('click', async () => {
        await navigator.clipboard.writeText(text);
        copy.textContent = 'Copied';
        setTimeout(() => { copy.textContent = 'Copy'; }, 1500);
    });
    block.parentElement.classList.add('code');
    block.parentElement.append(copy);
}

// Diagrams: their script is large, and loaded only where there are any

const diagrams = [...document.querySelectorAll('pre.mermaid')].map((node) => ({ node, text: node.textContent }));

async function draw() {
    if (diagrams.length === 0) {
        return;
    }
    if (!globalThis.mermaid) {
        await load(`${root}lib/mermaid.min.js`);
    }
    mermaid.initialize({
        startOnLoad: false,
        theme: page.dataset.theme === 'dark' ? 'dark' : 'neutral',
        fontFamily: getComputedStyle(document.body).fontFamily,
    });
    for (const { node, text } of diagrams) {
        node.textContent = text;
        node.removeAttribute('data-processed');
    }
    await mermaid.run({ nodes: diagrams.map(({ node }) => node) });
    page.dataset.drawn = 'true';
}

function load(address) {
    return new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = address;
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
    });
}

draw();

// Search over all sections of all pages

const field = document.getElementById('search');
const found = document.getElementById('found');
let index = null;

function search() {
    if (!index) {
        index = new MiniSearch({
            fields: ['section', 'page', 'text'],
            storeFields: ['address', 'page', 'section'],
            searchOptions: { boost: { section: 3, page: 2 }, prefix: true, fuzzy: 0.15, combineWith: 'AND' },
        });
        index.addAll(searchIndex);
    }
    found.replaceChildren(...index.search(field.value).slice(0, 12).map((hit) => {
        const entry = document.createElement('li');
        const link = document.createElement('a');
        link.href = root + hit.address;
        link.append(hit.section);
        const where = document.createElement('small');
        where.textContent = hit.page;
        link.append(where);
        entry.append(link);
        return entry;
    }));
    if (field.value && !found.hasChildNodes()) {
        const none = document.createElement('li');
        none.textContent = 'Nothing found';
        found.append(none);
    }
    found.hidden = !field.value;
}

field.addEventListener('input', search);
field.addEventListener('focus', search);
document.addEventListener('click', (event) => {
    if (!event.target.closest('.search') || event.target.closest('#found a')) {
        found.hidden = true;
    }
});
document.addEventListener('keydown', (event) => {
    const links = [...found.querySelectorAll('a')];
    if (event.key === '/' && document.activeElement !== field) {
        event.preventDefault();
        field.focus();
    } else if (event.key === 'Escape') {
        found.hidden = true;
        field.blur();
    } else if (event.key === 'Enter' && document.activeElement === field && links.length > 0) {
        location.href = links[0].href;
        found.hidden = true;
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && event.target.closest('.search')) {
        event.preventDefault();
        const next = links.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
        (links[next] ?? field).focus();
    }
});
