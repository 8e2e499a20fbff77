// Folders and many files as one: a tar that is put together while it is sent, so that nothing is read into memory.
const BLOCK = 512;
const encoder = new TextEncoder();

/** What was dropped: files as they are, each folder as one file. To be called while the event is handled. */
export function dropped(data) {
  const found = [...data.items].filter((item) => item.kind === "file").map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()]);
  return Promise.all(
    found.map(async ([entry, file]) => (entry?.isDirectory ? packed(entry.name, await within(entry)) : file)),
  );
}

/** What was chosen as a folder, as one file. */
export function chosenFolder(files) {
  const name = files[0].webkitRelativePath.split("/")[0];
  return packed(name, [...files].map((file) => ({ path: file.webkitRelativePath, file })));
}

/** Files that came together, as one. */
export function together(name, files) {
  return packed(name, files.map((file) => ({ path: file.name, file })));
}

async function within(folder) {
  const reader = folder.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // a hundred at a time
    if (some.length === 0) {
      return found;
    }
    for (const entry of some) {
      if (entry.isDirectory) {
        found.push(...(await within(entry)));
      } else {
        const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
        found.push({ path: entry.fullPath.slice(1), file });
      }
    }
  }
}

function packed(name, files) {
  const parts = files.flatMap(({ path, file }) => {
    const more = encoder.encode(record("path", path) + record("size", file.size));
    return [header("x", more.length), more, rest(more.length), header("0", file.size), file, rest(file.size)];
  });
  return new File([...parts, new Uint8Array(2 * BLOCK)], name);
}

/** A line of pax's extended header: its own length in bytes, a name and a value. */
function record(name, value) {
  const line = ` ${name}=${value}\n`;
  const bytes = encoder.encode(line).length;
  let length = bytes + String(bytes).length;
  length = bytes + String(length).length;
  return length + line;
}

/** A header of ustar; the name and a size beyond eight digits of octal stand in the extended header before it. */
function header(type, size) {
  const block = new Uint8Array(BLOCK);
  const put = (place, text) => block.set(encoder.encode(text), place);
  put(0, "file");
  put(100, "0000600\0");
  put(108, "0000000\0");
  put(116, "0000000\0");
  put(124, `${(size < 8 ** 11 ? size : 0).toString(8).padStart(11, "0")}\0`);
  put(136, "00000000000\0");
  put(148, "        ");
  put(156, type);
  put(257, "ustar\x0000");
  const sum = block.reduce((all, byte) => all + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return block;
}

function rest(size) {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}
