// The charts of one trial: its losses, and what each latent dimension tells.

import { axis, chart, facts, tooltip } from "./charts.js";
import { element } from "./dom.js";
import { viridis } from "./palette.js";
import { figure } from "./text.js";

const SPLITS = ["train", "validation", "test"];
const PARTS = { loss: "Loss (−ELBO)", reconstruction: "Reconstruction", kl: "KL" };

/** Three charts of a curve; `points` gives its points now. Returns what draws them again. */
export async function losses(place, points, signal) {
  const legends = [];
  const drawn = await Promise.all(
    Object.entries(PARTS).map(([part, title]) => {
      const canvas = element("div", { class: "chart" });
      place.append(
        element(
          "section",
          { class: "card" },
          element("header", {}, element("h2", {}, title), element("span", { class: "end" }, legend(legends))),
          canvas,
        ),
      );
      const option = (paint) => lines(points(), part, paint);
      return chart(canvas, { option, label: () => told(points(), part, title) }, signal);
    }),
  );
  const explain = () => {
    const known = new Set(points().flatMap((point) => Object.keys(point.figures)));
    for (const entry of legends) entry.hidden = !known.has(`${entry.dataset.split}_loss`);
  };
  explain();
  return () => {
    explain();
    drawn.forEach((made) => made && made.refresh());
  };
}

function legend(entries) {
  const made = SPLITS.map((split) => element("span", { "data-split": split }, split));
  entries.push(...made);
  return element("span", { class: "key" }, made);
}

function told(points, part, title) {
  const last = points[points.length - 1];
  if (!last) return `${title}: no evaluation yet`;
  const figures = SPLITS.filter((split) => `${split}_${part}` in last.figures);
  return `${title} after epoch ${last.epoch}: ${figures.map((split) => `${split} ${figure(last.figures[`${split}_${part}`])}`).join(", ")} nats`;
}

// Epochs where each evaluation ends one, steps otherwise.
function at(points) {
  const epochs = points.every((point, i) => i === 0 || point.epoch > points[i - 1].epoch);
  return epochs ? ["epoch", (point) => point.epoch] : ["step", (point) => point.step];
}

function lines(points, part, paint) {
  const [name, place] = at(points);
  const alone = points.length < 2;
  return {
    grid: { left: 52, right: 16, top: 12, bottom: 40 },
    xAxis: axis(name, paint, { nameGap: 26, min: "dataMin", max: alone ? null : "dataMax", minInterval: 1, splitLine: { show: false } }),
    yAxis: axis("nats per image", paint, { nameGap: 38, scale: true }),
    tooltip: tooltip((found) => reading(found, name), { trigger: "axis", axisPointer: { lineStyle: { color: paint["line-strong"] } } }),
    series: SPLITS.map((split) => ({
      name: split,
      id: split,
      type: "line",
      // A line that comes in anew with each evaluation is never seen where these come fast.
      animation: false,
      data: points.filter((point) => `${split}_${part}` in point.figures).map((point) => [place(point), point.figures[`${split}_${part}`]]),
      color: paint[split],
      lineStyle: { width: 2, type: split === "train" ? "solid" : split === "validation" ? [6, 3] : [2, 2] },
      symbol: "circle",
      symbolSize: points.length > 30 ? 0 : 5,
      showSymbol: points.length <= 30,
      emphasis: { disabled: true },
    })),
  };
}

function reading(found, name) {
  const here = found.filter((one) => one.value);
  if (here.length === 0) return "";
  return facts(`${name} ${here[0].value[0]}`, here.map((one) => [one.seriesName, figure(one.value[1])]));
}

/** A heat map of KL by dimension and evaluation; `state` gives {points, order} now, the order from the most informative. */
export async function dimensions(place, state, signal) {
  const made = await chart(place, { option: (paint) => heat(state(), paint), label: () => toldDimensions(state()) }, signal);
  return () => made && made.refresh();
}

function toldDimensions({ points, order }) {
  const last = points[points.length - 1];
  if (!last) return "KL of each latent dimension: no evaluation yet";
  const best = order.slice(0, 5).map((dimension) => `z${dimension} ${figure(last.kl[dimension])}`);
  return `KL of each latent dimension after epoch ${last.epoch}, in nats, the most informative first: ${best.join(", ")}`;
}

function heat({ points, order }, paint) {
  const [name, place] = at(points);
  const rows = [...order].reverse();
  const highest = points.reduce((most, point) => Math.max(most, ...order.map((dimension) => point.kl[dimension])), 0) || 1;
  const label = { color: paint["ink-3"], fontSize: 11.5, hideOverlap: true };
  const band = { type: "category", axisTick: { show: false }, axisLine: { show: false }, splitArea: { show: false } };
  return {
    grid: { left: 52, right: 92, top: 10, bottom: 40 },
    xAxis: { ...band, data: points.map(place), name, nameLocation: "middle", nameGap: 26, nameTextStyle: { color: paint["ink-2"] }, axisLabel: label },
    yAxis: { ...band, data: rows.map((dimension) => `z${dimension}`), axisLabel: label },
    visualMap: {
      type: "continuous",
      min: 0,
      max: highest,
      calculable: false,
      orient: "vertical",
      right: 8,
      top: "middle",
      itemHeight: 150,
      itemWidth: 11,
      precision: 2,
      text: [`${figure(highest)} nats`, "0"],
      textStyle: { color: paint["ink-3"], fontSize: 11 },
      inRange: { color: Array.from({ length: 9 }, (_, i) => viridis(i / 8, paint.dark)) },
    },
    tooltip: tooltip((one) => {
      const [column, row, kl] = one.value;
      return facts(`z${rows[row]}, ${name} ${place(points[column])}`, [
        ["KL", `${figure(kl)} nats`],
        ["variance of its mean", figure(points[column].mu_variance[rows[row]])],
      ]);
    }),
    series: [
      {
        type: "heatmap",
        data: points.flatMap((point, x) => rows.map((dimension, y) => [x, y, point.kl[dimension]])),
        itemStyle: { borderWidth: Math.max(points.length, rows.length) > 40 ? 0 : 1, borderColor: paint.surface },
        emphasis: { itemStyle: { borderColor: paint.ink } },
        progressive: 0,
        animation: false,
      },
    ],
  };
}
