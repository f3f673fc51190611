// A sheet of cells with the keys of a spreadsheet: arrows, Enter, F2, Tab, Escape, paste of lines from another sheet.
//
//   mount(element, {label, typesAt: the cell that is completed with types, types() → promise, onFill(lines as JSON) → promise}) → Sheet
//   Sheet   show(sheet as JSON)   destroy() → whether a change still waits for an answer
//
// Every change is told at once as the whole of the lines; while an answer is out, changes gather for the next question.
// A sheet that is closed meanwhile is shown that answer too, and asks once more. Where `onFill` rejects no answer comes,
// and the lines, which stay as they are, are told again with the next change.

import { attach } from "./combobox.js";
import { make } from "./element.js";
import { say } from "./texts.js";

export function mount(element, { label, typesAt, types, onFill }) {
  let headers = [];
  let lines = [];
  let [row, column] = [0, 0];
  let [sent, isDirty] = [null, false];
  let isFirst = true;

  const table = make("table", { class: "sheet", role: "grid", "aria-label": label, "data-testid": "sheet" });
  const told = make("p", { class: "sheet__told", role: "status" });
  element.append(make("div", { class: "sheet__frame" }, table), told);

  const empty = () => ({ of: null, cells: headers.map(() => "") });
  const isEmpty = (line) => line.cells.every((it) => it.trim() === "");
  const cellAt = (at, place) => table.rows[at + 1]?.cells[place];

  const draw = () => {
    while (lines.length && isEmpty(lines.at(-1)) && !lines.at(-1).of && lines.length > 1 && isEmpty(lines.at(-2))) lines.pop();
    if (lines.length === 0 || !isEmpty(lines.at(-1))) lines.push(empty());
    row = Math.min(row, lines.length - 1);
    column = Math.min(column, headers.length);
    const head = make("tr", {}, ...headers.map((it) => make("th", { scope: "col" }, it)), make("td", {}));
    const body = lines.map((line, at) =>
      make("tr", {}, ...headers.map((_, place) => drawCell(line, at, place)), drawRemove(at)),
    );
    table.replaceChildren(make("thead", {}, head), make("tbody", {}, ...body));
  };
  const drawCell = (line, at, place) => {
    const wrong = line.wrong?.[place];
    const cell = make("td", { tabindex: at === row && place === column ? "0" : "-1" }, wrong?.text ?? line.cells[place]);
    cell.dataset.row = at;
    cell.dataset.column = place;
    if (wrong) {
      cell.setAttribute("aria-invalid", "true");
      cell.title = wrong.message;
    }
    return cell;
  };
  const drawRemove = (at) => {
    const cell = make("td", { class: "sheet__acts" });
    if (at < lines.length - 1) {
      const button = make("button", { type: "button", class: "sheet__remove", tabindex: "-1", "aria-label": say("sheet-remove-line", { line: at + 1 }) }, "✕");
      button.dataset.row = at;
      button.dataset.column = headers.length;
      button.addEventListener("click", () => remove(at));
      cell.append(button);
    }
    return cell;
  };
  const focusable = () => {
    const cell = cellAt(row, column);
    return column === headers.length ? cell?.firstElementChild : cell;
  };
  const go = (nextRow, nextColumn) => {
    focusable()?.setAttribute("tabindex", "-1");
    row = Math.max(0, Math.min(nextRow, lines.length - 1));
    column = Math.max(0, Math.min(nextColumn, row < lines.length - 1 ? headers.length : headers.length - 1));
    const next = focusable();
    next?.setAttribute("tabindex", "0");
    next?.focus();
    next?.scrollIntoView({ block: "nearest", inline: "nearest" });
    told.textContent = lines[row]?.wrong?.[column]?.message ?? "";
  };

  const send = () => {
    if (sent) {
      isDirty = true;
      return;
    }
    const asked = [...lines];
    sent = asked;
    onFill(JSON.stringify(asked.map(({ of, cells, wrong }) => ({ of, cells: cells.map((it, at) => wrong?.[at]?.text ?? it) })))).catch(() => {
      if (sent === asked) [sent, isDirty] = [null, false];
    });
  };
  const write = (at, place, text) => {
    const line = lines[at];
    if ((line.wrong?.[place]?.text ?? line.cells[place]) === text) return false;
    line.cells[place] = text;
    if (line.wrong) delete line.wrong[place];
    return true;
  };
  const changed = () => {
    draw();
    go(row, column);
    send();
  };
  const remove = (at) => {
    lines.splice(at, 1);
    changed();
  };
  const move = (step) => {
    const to = row + step;
    if (row >= lines.length - 1 || to < 0 || to >= lines.length - 1) return;
    [lines[row], lines[to]] = [lines[to], lines[row]];
    row = to;
    changed();
  };

  const edit = (text) => {
    const cell = cellAt(row, column);
    const line = lines[row];
    const was = line.wrong?.[column]?.text ?? line.cells[column];
    const input = make("input", {
      class: "sheet__input",
      "aria-label": say("sheet-cell", { name: headers[column], line: row + 1 }),
      autocomplete: "off",
      spellcheck: "false",
    });
    input.value = text ?? was;
    if (column === typesAt) {
      input.dataset.opens = "alt";
      attach(input, types);
    }
    let isOver = false;
    const end = (takes, nextRow, nextColumn) => {
      if (isOver) return;
      isOver = true;
      const value = input.value;
      const isChanged = takes && write(row, column, value);
      if (isChanged) {
        draw();
        send();
      } else {
        cell.textContent = was;
      }
      if (nextRow !== undefined) go(nextRow, nextColumn);
    };
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      event.stopPropagation();
      if (event.key === "Enter") end(true, row + (event.shiftKey ? -1 : 1), column);
      else if (event.key === "Tab") end(true, ...beside(event.shiftKey ? -1 : 1));
      else if (event.key === "Escape") end(false, row, column);
      else return;
      event.preventDefault();
    });
    input.addEventListener("paste", (event) => {
      const pasted = event.clipboardData.getData("text/plain");
      if (!/[\t\n]/.test(pasted.trim())) return;
      event.preventDefault();
      event.stopPropagation();
      end(false, row, column);
      paste(pasted);
    });
    input.addEventListener("blur", () => end(true));
    cell.replaceChildren(input);
    input.focus();
    if (text === undefined) input.select();
  };
  /** The next cell of the line, or the first of the next line. */
  const beside = (step) => {
    const place = column + step;
    if (place < 0) return [row - 1, headers.length - 1];
    return place >= headers.length ? [row + 1, 0] : [row, place];
  };
  const paste = (text) => {
    let pasted = parse(text);
    const isHead = (line) => line.every((it, at) => it.trim().toLowerCase() === headers[column + at]?.toLowerCase());
    if (pasted.length > 1 && isHead(pasted[0])) pasted = pasted.slice(1);
    pasted.forEach((cells, down) => {
      while (lines.length <= row + down) lines.push(empty());
      cells.forEach((cell, right) => {
        if (column + right < headers.length) write(row + down, column + right, cell.trim());
      });
    });
    changed();
  };

  table.addEventListener("keydown", (event) => {
    const isCell = column < headers.length;
    const end = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowUp: () => go(end ? 0 : row - 1, column),
      ArrowDown: () => go(end ? lines.length - 1 : row + 1, column),
      ArrowLeft: () => go(row, end ? 0 : column - 1),
      ArrowRight: () => go(row, end ? headers.length - 1 : column + 1),
      Home: () => go(end ? 0 : row, 0),
      End: () => go(end ? lines.length - 1 : row, headers.length - 1),
      PageUp: () => go(row - 10, column),
      PageDown: () => go(row + 10, column),
    };
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) move(event.key === "ArrowUp" ? -1 : 1);
    else if (moves[event.key]) moves[event.key]();
    else if (event.key === "Tab") {
      const [nextRow, nextColumn] = beside(event.shiftKey ? -1 : 1);
      // Before the first cell and after the last one the sheet is left.
      if (nextRow < 0 || nextRow >= lines.length) return;
      go(nextRow, nextColumn);
    } else if (!isCell) return;
    else if (event.key === "Enter" || event.key === "F2") edit();
    else if (event.key === "Delete" || event.key === "Backspace") {
      if (write(row, column, "")) changed();
    } else if (event.key.length === 1 && !end && !event.altKey) edit(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // What is pasted and copied here is the sheet's, and no other's on the page.
  table.addEventListener("paste", (event) => {
    event.preventDefault();
    event.stopPropagation();
    paste(event.clipboardData.getData("text/plain"));
  });
  table.addEventListener("copy", (event) => {
    const line = lines[row];
    if (!line || event.target.tagName === "INPUT") return;
    event.preventDefault();
    event.stopPropagation();
    event.clipboardData.setData("text/plain", line.cells[column] ?? "");
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-row]");
    if (!cell || event.target.tagName === "INPUT") return;
    const isThere = Number(cell.dataset.row) === row && Number(cell.dataset.column) === column;
    go(Number(cell.dataset.row), Number(cell.dataset.column));
    // A finger has no F2: a second touch edits.
    if (isThere) edit();
  });

  const show = (json) => {
    const sheet = JSON.parse(json);
    const asked = sent;
    sent = null;
    headers = sheet.headers;
    const kept = (asked ?? []).filter((line) => !isEmpty(line));
    const isLeftOut = (line) => sheet.problems.some((it) => asked?.[it.line] === line && it.cell === 0 && !line.of && it.text === "");
    const taken = kept.filter((line) => !isLeftOut(line));
    if (asked && taken.length === sheet.lines.length) {
      // The lines as they were sent have their identities now; those that were left out stay to be completed.
      taken.forEach((line, at) => {
        line.of = sheet.lines[at].of;
        if (!isDirty) line.cells = sheet.lines[at].cells;
        line.wrong = {};
      });
      for (const { line, cell, text, message } of sheet.problems) {
        const wrong = asked[line];
        if (wrong) (wrong.wrong ??= {})[cell] = { text, message };
      }
    } else {
      lines = sheet.lines;
    }
    const input = table.querySelector("input");
    // A cell that is being written stays so; what came is drawn when it ends.
    if (!input) {
      const had = table.contains(document.activeElement) || isFirst;
      draw();
      if (had) go(row, column);
    }
    isFirst = false;
    const count = sheet.problems.length;
    if (count > 0) told.textContent = sheet.problems[0].message;
    if (isDirty) {
      isDirty = false;
      send();
    }
  };
  const destroy = () => {
    element.replaceChildren();
    return isDirty;
  };
  return { show, destroy };
}

/** Lines and cells of a text from a spreadsheet: tabs part cells; a cell between quotes can hold tabs and line breaks. */
function parse(text) {
  const lines = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|\r|$)/gy;
  const whole = text.replace(/(\r?\n|\r)$/, "");
  for (let found = pattern.exec(whole); found; found = pattern.exec(whole)) {
    lines.at(-1).push(found[1] !== undefined ? found[1].replaceAll('""', '"') : found[2]);
    if (found[3] === "") break;
    if (found[3] !== "\t") lines.push([]);
  }
  return lines;
}
