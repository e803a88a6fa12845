// Opens a report: languages, charts, the pictures of the head, columns of numbers.

function openReport() {
  const {messages, language: current} = JSON.parse(document.getElementById("messages").textContent);
  language.messages = messages;
  language.current = current;
  offerLanguages(document.getElementById("language"));
  translate();
  document.querySelectorAll(".plot").forEach(drawChart);
  document.querySelectorAll(".compare").forEach(compare);
  document.querySelectorAll(".highlights a").forEach(link => {
    const figure = document.getElementById(link.dataset.figure);
    if (figure) {
      const picture = figure.querySelector("img").cloneNode();
      picture.alt = "";
      const words = document.createElement("span");
      words.append(...[...figure.querySelector("figcaption").childNodes].map(node => node.cloneNode(true)));
      link.append(picture, words);
    }
  });
  const isNumber = text => /^[\u2212+-]?[0-9][0-9.,]*(e[+-]?[0-9]+)?( ?%| dB)?$/.test(text.trim()) || text.trim() === "";
  document.querySelectorAll("table:not(.heat, .u-legend)").forEach(table => {
    [...table.tHead.rows[0].cells].forEach((head, i) => {
      const cells = [...table.tBodies[0].rows].map(row => row.cells[i]);
      if (i > 0 && cells.every(cell => isNumber(cell.textContent))) {
        [head, ...cells].forEach(cell => cell.classList.add("number"));
      }
    });
  });
  document.body.dataset.ready = "true";
}

openReport();
