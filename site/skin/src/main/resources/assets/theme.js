// Before the page is painted: the reader's choice, if there was one, else the system's.
(() => {
    let chosen = null;
    try {
        chosen = localStorage.getItem('theme');
    } catch {
        // A page from a file may have no storage.
    }
    const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
