// node broadcast.mjs URL: both clients, with all kinds of windows and of context takeover, in one room. What is published is
// compressed once for all with the same window, and must be understood by each among what is sent to it alone.
import assert from 'node:assert/strict';
import {check, done} from './results.mjs';
import {connectFaye, connectWs} from './sockets.mjs';
import {Payloads} from './payloads.mjs';

const [url] = process.argv.slice(2);
const ROUNDS = 60;
const payloads = new Payloads(11);
const sockets = [];

await check('the room is entered', async () => {
  for (const serverBits of [undefined, 8, 9, 12, 15]) {
    for (const separate of [false, true]) {
      sockets.push(
        await connectWs(url, {
          perMessageDeflate: {
            threshold: 0,
            serverNoContextTakeover: separate,
            ...(serverBits && {serverMaxWindowBits: serverBits}),
          },
        }),
        await connectFaye(url, {
          deflate: {requestNoContextTakeover: separate, ...(serverBits && {requestMaxWindowBits: serverBits})},
        }),
      );
    }
  }
  sockets.forEach(socket => assert.match(socket.extensions, /^permessage-deflate/));
  sockets.push(await connectWs(url, {perMessageDeflate: false}));
});

/** Some that resemble one another, of all sizes. */
function messages(round) {
  return [payloads.ascii(1 + round), payloads.ascii(1000), payloads.ascii(round % 20 === 19 ? 70_000 : 40)];
}

await check('all get what each publishes, among what is sent to it alone', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const author = sockets[round % sockets.length];
    const published = messages(round);
    published.forEach(bytes => author.send(bytes, true));
    for (const socket of sockets) {
      for (const bytes of published) {
        const {data, binary} = await socket.receive();
        assert.ok(binary && data.equals(bytes), `round ${round}: ${bytes.length} bytes, ${data.length} came`);
      }
    }
    const own = Buffer.from(`only to me: ${round} ${published[1].toString('latin1').slice(0, 200)}`);
    sockets.forEach((socket, i) => i % 3 === round % 3 && socket.send(own, false));
    for (const [i, socket] of sockets.entries()) {
      if (i % 3 === round % 3) {
        const {data, binary} = await socket.receive();
        assert.ok(!binary && data.equals(own), `round ${round}: own message`);
      }
    }
  }
});

await check('all leave', async () => {
  for (const socket of sockets) {
    assert.equal((await socket.close()).code, 1000);
  }
});
done();
