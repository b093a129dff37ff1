// What the Java tests read from these scripts: one JSON line a case, and a last line that tells how many there were,
// so that a script that dies on the way is noticed.
let cases = 0;

export async function check(name, body) {
  cases++;
  const timer = setTimeout(() => {
    print({case: name, ok: false, detail: 'not finished after 120 s'});
    process.exit(1);
  }, 120_000);
  try {
    const detail = await body();
    print({case: name, ok: true, detail: detail ?? ''});
  } catch (error) {
    print({case: name, ok: false, detail: String(error.stack ?? error)});
  } finally {
    clearTimeout(timer);
  }
}

export function done() {
  print({done: cases});
  process.exitCode = 0;
}

function print(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}
