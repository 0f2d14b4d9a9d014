/** The page: picture, tools, question and answer. What the model writes reaches the page through textContent only. */

import { Trouble, ask, useKey } from './ask.js';
import { LIMIT, MarkBoard } from './marks.js';
import { COLOURS } from './shapes.js';

const MOST_BYTES = 20 * 1024 * 1024;

/** What the server reads; a browser shows more, and that is turned into PNG here. */
const READ_BY_SERVER = ['image/jpeg', 'image/png', 'image/gif', 'image/bmp'];

/** The model was trained on these words. */
const PRESETS = {
  label: (kind) => `Please identify the labels of each marked ${kind} in the image.`,
  describe: (kind) => `Please provide a brief description of each marked ${kind} in the image.`,
  read: (kind) => `Please provide the ocr results of each marked ${kind} in the image.`,
};

/** With a pointer, and with keys. */
const HINTS = {
  point: ['Click a place.', 'Keys: arrows move the crosshair (with Shift finely), Enter places the point.'],
  box: ['Drag, or click two corners.', 'Keys: arrows move, Enter sets each corner, Escape cancels.'],
  polygon: ['Click the corners; click the last one twice, or the first one, to close.', 'Keys: Enter sets a corner, the last one twice closes, Escape cancels.'],
  stroke: ['Draw over or around something.', 'Keys: Enter begins, arrows draw, Enter ends, Escape cancels.'],
};

const $ = (id) => document.getElementById(id);
const picture = $('picture');
const question = $('question');
const list = $('marks');
const chips = [...document.querySelectorAll('[data-preset]')];

const board = new MarkBoard(picture, $('overlay'), marksChanged, say, complain);

/** The file to send; null stands for the sample, which is fetched when asked about. */
let file = null;
/** The server's name for the picture once it has answered about it; null before. */
let seen = null;
/** The preset whose words are in the field; null once they are the user's own. */
let preset = null;
/** Ends the answer that is being written, if one is. */
let running = null;
let latestPicture = 0;

// Picture

async function show(chosen) {
  if (running) {
    complain('Stop the answer before you change the picture.');
    return;
  }
  const mine = ++latestPicture;
  if (chosen.size > MOST_BYTES) {
    complain(`This file has ${megabytes(chosen.size)} MB; at most 20 MB are read. Choose a smaller one.`);
    return;
  }
  const url = URL.createObjectURL(chosen);
  const probe = new Image();
  probe.src = url;
  try {
    await probe.decode();
    const readable = READ_BY_SERVER.includes(chosen.type) ? chosen : await asPng(probe);
    if (mine !== latestPicture || running) {
      URL.revokeObjectURL(url);
      return; // another one was chosen meanwhile, or a question was asked
    }
    if (readable.size > MOST_BYTES) {
      throw new Error('too large once it is PNG');
    }
    file = readable;
  } catch {
    URL.revokeObjectURL(url);
    if (mine === latestPicture) {
      complain('This file is not a picture that can be shown here. Choose a JPEG, PNG, GIF or BMP file.');
    }
    return;
  }
  URL.revokeObjectURL(picture.src); // does nothing to the sample
  picture.width = probe.naturalWidth; // the attributes hold the place while the picture loads
  picture.height = probe.naturalHeight;
  picture.parentElement.style.setProperty('--ratio', probe.naturalWidth / probe.naturalHeight);
  picture.src = url;
  seen = null;
  complain('');
  forgetAnswer();
  board.clear();
  say('New picture. Marks are cleared.');
}

function asPng(image) {
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext('2d').drawImage(image, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('not drawn'))), 'image/png');
  });
}

function megabytes(bytes) {
  return (Math.ceil(bytes / 1024 / 1024 * 10) / 10).toFixed(1);
}

async function dataUrl() {
  const blob = file ?? (await (await fetch(picture.src)).blob());
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

$('file').addEventListener('change', (event) => {
  const [chosen] = event.target.files;
  if (chosen) {
    show(chosen);
  }
  event.target.value = ''; // so that the same file can be chosen again
});

document.addEventListener('paste', (event) => {
  const [pasted] = event.clipboardData?.files ?? [];
  if (pasted) {
    event.preventDefault();
    show(pasted);
  }
});

// Over the whole page: a file that misses the picture must not replace the page.
document.addEventListener('dragover', (event) => {
  if (event.dataTransfer?.types.includes('Files')) {
    event.preventDefault();
    $('stage').classList.add('dropping');
  }
});
document.addEventListener('dragleave', (event) => {
  if (!event.relatedTarget) {
    $('stage').classList.remove('dropping');
  }
});
document.addEventListener('drop', (event) => {
  $('stage').classList.remove('dropping');
  const [dropped] = event.dataTransfer?.files ?? [];
  if (dropped) {
    event.preventDefault();
    show(dropped);
  }
});

// Marks

for (const radio of document.querySelectorAll('input[name=tool]')) {
  radio.addEventListener('change', () => setTool(radio.value));
}

function setTool(tool) {
  board.tool = tool;
  const [pointer, keys] = HINTS[tool];
  $('hint').replaceChildren(`${pointer} `, element('span', 'keys', keys));
  wordPreset();
}

$('undo').addEventListener('click', () => {
  board.undo();
  forgetWhole();
});
$('clear').addEventListener('click', () => {
  board.clear();
  forgetAnswer();
});

$('whole').addEventListener('change', () => {
  forgetAnswer();
  complain('');
  wholeChanged();
});

/** Marks stay for when they are asked about again. */
function wholeChanged() {
  const whole = $('whole').checked;
  board.locked = whole ? 'The question is about the whole picture. Take that back to place marks.' : '';
  document.querySelector('main').classList.toggle('whole', whole);
  wordPreset();
}

function marksChanged() {
  const { marks } = board;
  while (list.querySelectorAll('[data-mark]').length > marks.length) {
    [...list.querySelectorAll('[data-mark]')].at(-1).remove();
  }
  marks.forEach((mark, index) => {
    if (!row(index + 1)) {
      list.insertBefore(newRow(mark, index + 1), list.querySelector('.relation'));
    }
  });
  $('empty').hidden = marks.length > 0;
  $('count').textContent = board.full
    ? `${LIMIT} of ${LIMIT} marks: undo one to place another.`
    : `${marks.length} of ${LIMIT} marks`;
  wordPreset();
}

function row(number) {
  return list.querySelector(`[data-mark="${Number(number)}"]`);
}

function newRow(mark, number) {
  const li = document.createElement('li');
  li.dataset.mark = number;
  const words = element('div', 'words');
  words.append(element('p', 'where', where(mark)), element('p', 'text'));
  li.append(badge(number), words);
  return li;
}

function badge(number) {
  const mark = element('span', 'badge', String(number));
  mark.style.setProperty('--mark', COLOURS[number - 1]);
  return mark;
}

function where(mark) {
  const whole = (values) => values.map(Math.round);
  if (mark.point) {
    return `Point at ${whole(mark.point).join(', ')}`;
  }
  if (mark.box) {
    const [x1, y1, x2, y2] = whole(mark.box);
    return `Box from ${x1}, ${y1} to ${x2}, ${y2}`;
  }
  if (mark.polygon) {
    return `Polygon of ${mark.polygon.length} corners from ${whole(mark.polygon[0]).join(', ')}`;
  }
  return `Stroke from ${whole(mark.stroke[0]).join(', ')}`;
}

function element(name, className, text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

// Question

for (const chip of chips) {
  chip.addEventListener('click', () => {
    preset = chip.dataset.preset;
    wordPreset();
  });
}
question.addEventListener('input', () => {
  preset = null;
  wordPreset();
});
question.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !$('ask').disabled) {
    start();
  }
});

/** A preset's words follow the marks for as long as nobody has edited them. */
function wordPreset() {
  if (preset) {
    const { marks } = board;
    const points = $('whole').checked ? false : marks.length ? marks.every((mark) => mark.point) : board.tool === 'point';
    question.value = PRESETS[preset](points ? 'point' : 'region');
  }
  chips.forEach((chip) => chip.setAttribute('aria-pressed', String(chip.dataset.preset === preset)));
  refresh();
}

/** Which controls are of use now, and why asking is not. */
function refresh() {
  const whole = $('whole').checked;
  const missing = [whole || board.marks.length ? '' : 'place a mark', question.value.trim() ? '' : 'write a question'];
  const reason = missing.filter(Boolean).join(' and ');
  $('ask').disabled = Boolean(reason || running);
  $('ask').hidden = Boolean(running);
  $('stop').hidden = !running;
  $('reason').textContent = running ? 'Writing…' : reason && `First ${reason}.`;
  $('whole').disabled = Boolean(running);
  $('tools').disabled = Boolean(running) || whole;
  $('file').disabled = Boolean(running);
  for (const id of ['undo', 'clear']) {
    $(id).disabled = Boolean(running) || whole || !(board.marks.length || board.drafting);
  }
}

// Answer

$('ask').addEventListener('click', start);
$('stop').addEventListener('click', () => running?.abort());

async function start() {
  forgetAnswer();
  complain('');
  let keyWanted = false;
  const pressed = document.activeElement === $('ask');
  running = new AbortController();
  board.locked = 'Marks stay as they are while the answer is written. Stop it to change them.';
  refresh();
  if (pressed) {
    $('stop').focus(); // Ask is gone now; the focus must not be
  }
  list.classList.add('writing');
  try {
    const about = $('whole').checked ? { scope: 'image' } : { marks: board.marks };
    await askAbout({ question: question.value, ...about }, running.signal);
  } catch (e) {
    if (e.name === 'AbortError') {
      $('facts').textContent = 'Stopped.';
      say('Stopped.');
    } else {
      complain(e instanceof Trouble ? `${e.message}.` : 'Something failed on this page. Reload it and ask again.');
      keyWanted = e.status === 401;
    }
  } finally {
    const stopped = document.activeElement === $('stop');
    running = null;
    wholeChanged(); // unlocks the marks, unless they are not asked about
    list.classList.remove('writing');
    refresh();
    $('access').hidden = !keyWanted;
    if (keyWanted) {
      $('key').focus();
    } else if (stopped) {
      $('ask').focus();
    }
  }
}

/** Takes the key that was typed and asks again. */
function unlock() {
  try {
    useKey($('key').value.trim());
  } catch (e) {
    complain(`${e.message}.`);
    return;
  }
  $('key').value = '';
  $('access').hidden = true;
  if (!$('ask').disabled) {
    start();
  }
}

$('unlock').addEventListener('click', unlock);
$('key').addEventListener('keydown', (event) => {
  if (event.key === 'Enter') {
    unlock();
  }
});

/** A picture that the server has seen is asked about by its digest; the server may have forgotten it. */
async function askAbout(words, signal) {
  const on = { token, mark, done };
  if (seen) {
    try {
      await ask({ image: seen, ...words }, on, signal);
      return;
    } catch (e) {
      if (e.status !== 404) {
        throw e;
      }
    }
  }
  await ask({ image: await dataUrl(), ...words }, on, signal);
}

function token(text) {
  $('raw').hidden = false;
  $('answer').textContent += text;
}

function mark(number, text) {
  const li = row(number);
  if (li) {
    li.classList.add('answered');
    const field = li.querySelector('.text');
    if (field.textContent !== text) { // the whole reply repeats it; it is read aloud once
      field.textContent = text;
    }
  }
}

function done(reply) {
  $('raw').hidden = false;
  $('answer').textContent = reply.answer;
  seen = reply.image;
  reply.marks.forEach((said) => mark(said.mark, said.text));
  for (const said of reply.relations ?? []) {
    list.append(relation(said));
  }
  for (const li of $('whole').checked ? [] : list.querySelectorAll('[data-mark]:not(.answered)')) {
    li.classList.add('unnamed');
  }
  $('facts').textContent = facts(reply);
  say(reply.marks.length ? 'The answer is complete.' : reply.answer);
}

/** What is said of several marks together. */
function relation(said) {
  const li = element('li', 'answered relation');
  const badges = element('span', 'badges');
  badges.append(...said.marks.filter((number) => number >= 1 && number <= LIMIT).map(badge));
  const words = element('div', 'words');
  words.append(element('p', 'where', 'Together'), element('p', 'text', said.text));
  li.append(badges, words);
  return li;
}

function facts({ model, stop, usage, timings }) {
  const { textMs, imageMs, promptsMs, prefillMs, decodeMs, firstTokenMs } = timings;
  return [
    stop === 'length' ? 'Cut at its greatest length' : '',
    `${usage.answerTokens} tokens in ${seconds(textMs + imageMs + promptsMs + prefillMs + decodeMs)}`,
    `first word after ${seconds(firstTokenMs)}`,
    `${textMs ? `text ${seconds(textMs)}, ` : ''}picture ${seconds(imageMs)}, marks ${seconds(promptsMs)}, reading ${seconds(prefillMs)}, writing ${seconds(decodeMs)}`,
    model,
  ].filter(Boolean).join(' · ');
}

function seconds(ms) {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function forgetAnswer() {
  forgetWhole();
  for (const li of list.querySelectorAll('[data-mark]')) {
    li.classList.remove('answered', 'unnamed');
    li.querySelector('.text').textContent = '';
  }
}

/** The text of all marks is no longer true once one of them is gone; the other rows still are. */
function forgetWhole() {
  $('answer').textContent = '';
  $('raw').hidden = true;
  $('facts').textContent = '';
  list.querySelectorAll('.relation').forEach((li) => li.remove());
}

// Words

function complain(words) {
  $('error').textContent = words;
  $('error').hidden = !words;
}

function say(words) {
  $('status').textContent = words;
}

// A browser may come back to the page with a tool and a question as they were left.
setTool(document.querySelector('input[name=tool]:checked').value);
marksChanged();
wholeChanged();
