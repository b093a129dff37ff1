// node deflate.mjs URL ws|faye parameters: the four parameters of RFC 7692 in all combinations,
//     1000 messages each.
// node deflate.mjs URL ws|faye sizes: 1000 messages of each size from 16 bytes to 128 KiB.
// That is what groups 12 and 13 of the Autobahn testsuite are about, which our copy of it lacks.
import assert from 'node:assert/strict';
import {check, done} from './results.mjs';
import {connectFaye, connectWs} from './sockets.mjs';
import {generator, Payloads} from './payloads.mjs';

const [url, client, mode] = process.argv.slice(2);
const MESSAGES = 1000;
const IN_FLIGHT = 64;
const BITS = [8, 9, 10, 11, 12, 13, 14, 15];
const payloads = new Payloads(7);

const connect = {
  ws: ({server, clientBits, serverBits, own}) =>
    connectWs(url, {
      perMessageDeflate: {
        threshold: 0,
        serverNoContextTakeover: server,
        clientNoContextTakeover: own,
        serverMaxWindowBits: serverBits,
        // ws offers the parameter without a value unless it is false.
        clientMaxWindowBits: clientBits ?? false,
      },
    }),
  faye: ({server, clientBits, serverBits, own}) =>
    connectFaye(url, {
      deflate: {
        noContextTakeover: own,
        requestNoContextTakeover: server,
        // permessage-deflate offers the parameter without a value unless it has one.
        ...(typeof clientBits === 'number' && {maxWindowBits: clientBits}),
        ...(serverBits && {requestMaxWindowBits: serverBits}),
      },
    }),
}[client];

/** Parameters of the answer by name; "" for one without a value. */
function negotiated(answer) {
  const [name, ...parameters] = answer.split(';').map(part => part.trim());
  assert.equal(name, 'permessage-deflate', `answer: "${answer}"`);
  return new Map(parameters.map(parameter => [parameter.split('=')[0], parameter.split('=')[1] ?? '']));
}

function assertAnswers(answer, {server, own, clientBits, serverBits}) {
  const parameters = negotiated(answer);
  // RFC 7692 7.1.1.1: what the client asks the server to do is accepted by confirming it.
  if (server) {
    assert.equal(parameters.get('server_no_context_takeover'), '', answer);
  }
  // RFC 7692 7.1.1.2: a hint of the client may be ignored; our server confirms it (S-208).
  if (own) {
    assert.equal(parameters.get('client_no_context_takeover'), '', answer);
  }
  // RFC 7692 7.1.2.1: the same or a smaller value, and none that nobody asked for.
  if (serverBits) {
    const bits = Number(parameters.get('server_max_window_bits'));
    assert.ok(bits >= 8 && bits <= serverBits, `server_max_window_bits=${serverBits} answered with "${answer}"`);
  } else {
    assert.ok(!parameters.has('server_max_window_bits'), answer);
  }
  // RFC 7692 7.1.2.2: in the answer only if offered, and not larger. Without a value any window is on offer.
  if (parameters.has('client_max_window_bits')) {
    const bits = Number(parameters.get('client_max_window_bits'));
    assert.ok(clientBits && bits >= 8 && bits <= (clientBits === true ? 15 : clientBits), answer);
  }
}

/** The windows to ask for: absent, smallest, middle and largest in all combinations; the others with one another. */
function windows() {
  const corners = [8, 9, 12, 15];
  // Of the two only ws can leave client_max_window_bits out of its offer.
  const clientCorners = client === 'ws' ? [undefined, true, ...corners] : [true, ...corners];
  const combinations = [undefined, ...corners].flatMap(serverBits => clientCorners.map(bits => [serverBits, bits]));
  return [...combinations, ...BITS.filter(bits => !corners.includes(bits)).map(bits => [bits, 23 - bits])];
}

/** Sends messages with some in flight and compares each echo. */
async function echoAll(socket, messages) {
  const sent = [];
  const assertOldest = async () => {
    const [bytes, binary] = sent.shift();
    const echo = await socket.receive();
    assert.equal(echo.binary, binary, 'the kind of the message');
    assert.ok(echo.data.equals(bytes), `echo of ${bytes.length} bytes, ${echo.data.length} came back`);
  };
  for (const [bytes, binary, cuts] of messages) {
    if (cuts) {
      socket.sendFragmented(bytes, binary, cuts);
    } else {
      socket.send(bytes, binary);
    }
    sent.push([bytes, binary]);
    if (sent.length === IN_FLIGHT) {
      await assertOldest();
    }
  }
  while (sent.length > 0) {
    await assertOldest();
  }
}

/** Many small messages and some large ones: text, noise, some in fragments where the client can. */
function* mixedMessages(fragments) {
  const random = generator(99);
  for (let i = 0; i < MESSAGES; i++) {
    const size = i % 250 === 249 ? 131_072 : Math.floor(16 * 2 ** (random() * (i % 20 === 0 ? 12 : 8)));
    const binary = i % 4 === 3;
    const bytes = binary ? (i % 8 === 7 ? payloads.binary(size) : payloads.ascii(size)) : payloads.ascii(size);
    yield [bytes, binary, fragments && i % 10 === 5 ? [size >> 1, 0, size >> 2] : undefined];
  }
}

function* messagesOf(size) {
  for (let i = 0; i < MESSAGES; i++) {
    yield [payloads.ascii(size), i % 2 === 1];
  }
}

function name({server, own, serverBits, clientBits}) {
  const parameters = [
    server && 'server_no_context_takeover',
    own && 'client_no_context_takeover',
    serverBits && `server_max_window_bits=${serverBits}`,
    clientBits && (clientBits === true ? 'client_max_window_bits' : `client_max_window_bits=${clientBits}`),
  ].filter(Boolean);
  return parameters.join('; ') || 'no parameters';
}

if (mode === 'sizes') {
  const socket = await connect({server: false, own: false, clientBits: true});
  for (const size of [16, 64, 256, 1_024, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072]) {
    await check(`${MESSAGES} messages of ${size} bytes`, () => echoAll(socket, messagesOf(size)));
  }
  await socket.close();
} else {
  for (const server of [false, true]) {
    for (const own of [false, true]) {
      for (const [serverBits, clientBits] of windows()) {
        const offer = {server, own, serverBits, clientBits};
        await check(name(offer), async () => {
          const socket = await connect(offer);
          assertAnswers(socket.extensions, offer);
          await echoAll(socket, mixedMessages(client === 'ws'));
          const {code} = await socket.close();
          assert.equal(code, 1000, 'the close code');
          return socket.extensions;
        });
      }
    }
  }
}
done();
