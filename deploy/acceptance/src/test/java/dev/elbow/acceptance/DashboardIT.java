package dev.elbow.acceptance;

import static dev.elbow.acceptance.browser.BrowserPage.there;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbow.acceptance.browser.BrowserPage;
import dev.elbow.acceptance.browser.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person does in the dashboard, in a real browser, against a real system behind tokens. */
@Timeout(240)
@Order(6)
class DashboardIT {
  private static final String TOKEN = "writes-0123456789";
  private static final String SHORT = sweep("short", 6, "[0.25, 1, 4, 16]");
  private static final String OTHER = sweep("other", 2, "[1, 2]");
  private static final String RATES =
      sweep("rates", 2, "[1]")
          .replace("plugin: elbo,", "plugin: multi-rate,")
          .replace("  beta: {values: [1]}\n", "  learningRate: {values: [0.001, 0.002]}\n");
  private static final String LONG = sweep("long", 2000, "[0.5, 1, 2, 4]");
  private static final String SERIES =
      """
      import('/dashboard/lib/echarts.js').then(({getInstanceByDom}) =>
        [...document.querySelectorAll('.curves .chart')]
          .flatMap((place) => getInstanceByDom(place)?.getOption()?.series ?? [])
          .reduce((sum, line) => sum + line.data.length, 0))
      """;

  private static final List<String> PAGES =
      List.of(
          "#/",
          "#/sweeps/short",
          "#/sweeps/short/0001",
          "#/compare?a=short&b=other",
          "#/workers",
          "#/models",
          "#/submit",
          "#/compare",
          "#/none");

  @TempDir static Path folder;
  private static ElbowProcess elbow;
  private static Chromium chromium;
  private static String url;

  private BrowserPage page;

  private static String sweep(String name, int epochs, String betas) {
    return """
    name: %s
    tags: [browser]
    dataset: {plugin: sprites, size: 16, orientations: 1, positionsX: 8, positionsY: 8, validation: 0.1}
    encoder: {plugin: dense, hidden: [32]}
    decoder: {plugin: dense, hidden: [32]}
    objective: {plugin: elbo, likelihood: bernoulli}
    training: {epochs: %d, batchSize: 64}
    parameters:
      latent: 3
      beta: {values: %s}
    search: {plugin: grid}
    goal: {minimize: validation_loss}
    """
        .formatted(name, epochs, betas);
  }

  @BeforeAll
  static void start() throws Exception {
    Tool browser = Tool.required("chromium", "Debian: apt-get install chromium");
    chromium = Chromium.start(browser.program(), folder);
    Path tokens = Files.writeString(folder.resolve("tokens"), "write: " + TOKEN + "\n");
    Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
    elbow =
        ElbowProcess.start(
            folder,
            List.of(
                "up", "--home=h", "--port=0", "--slots=2", "--token-file=" + tokens.toString()));
    url = elbow.printed("Elbow at (\\S+)");
    submit(SHORT);
    submit(OTHER);
  }

  private static void submit(String sweep) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/sweeps"))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(sweep))
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertEquals(201, answer.statusCode(), answer::body);
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (elbow != null) {
      elbow.close();
    }
  }

  /** A page that has shown its token. */
  @BeforeEach
  void open() {
    page = opened(url);
  }

  private static BrowserPage opened(String address) {
    BrowserPage opened = chromium.open(1440, 900);
    opened.go(address + "/");
    opened.type(there("#token"), TOKEN);
    opened.click(there("dialog button.primary"));
    opened.until(there("#live[data-state=online]"));
    opened.until(there("a", "short"));
    return opened;
  }

  @AfterEach
  void nothingWentWrongAndNothingLeftTheMachine() {
    page.close();
    // That it was asked without a token first is why it asks for one.
    assertEquals(
        List.of(), page.problems().stream().filter(text -> !text.contains("401")).toList());
    List<String> foreign =
        page.asked().stream()
            .filter(asked -> !asked.startsWith(url + "/") && !asked.startsWith("blob:" + url))
            .filter(asked -> !asked.startsWith("data:") && !asked.equals("about:blank"))
            .toList();
    assertEquals(List.of(), foreign);
    assertTrue(page.asked().stream().noneMatch(asked -> asked.contains(TOKEN)));
  }

  private void show(String hash) {
    page.value("location.hash = '" + hash + "'");
    page.until("location.hash === '" + hash + "' && " + there("main[aria-busy=false]"));
  }

  private String text(String selector) {
    page.until(there(selector));
    return page.value(there(selector) + ".textContent").asText();
  }

  @Test
  void aSweepIsSubmittedAndItsCurvesGrowUntilItIsCancelled() {
    show("#/submit");
    page.type(there("main textarea"), LONG);
    page.click(
        "[...document.querySelectorAll('button')].find((b) => b.textContent === 'Submit' &&"
            + " !b.disabled)");
    page.until("location.hash === '#/sweeps/long'");
    page.until(there(".pill[data-state=running]"));
    untilThereArePoints(1);
    untilThereArePoints(page.value(SERIES).asInt() + 3);
    page.click(there("button", "Pause"));
    page.until(there("button", "Resume"));
    page.click(there("button", "Cancel"));
    page.click(there("dialog button.danger"));
    page.until(there(".head .pill[data-state=cancelled]"));
    page.until(there("button", "Retry 4"));
  }

  private void untilThereArePoints(int least) {
    await().atMost(Duration.ofMinutes(1)).until(() -> page.value(SERIES).asInt() >= least);
  }

  @Test
  void whatIsBrushedIsAllThatThePageShowsAndATrialHasALatentSpaceToPlayWith() {
    show("#/sweeps/short");
    page.until(there(".head .pill[data-state=finished]"));
    page.until(there(".parallel-stage canvas"));
    page.until("document.querySelectorAll('table.trials tbody tr').length === 4");
    // β is the first axis; its upper half are the two largest of four.
    double axis = 62.0 / page.value(there(".parallel-stage") + ".clientWidth").asDouble();
    String stage = there(".parallel-stage");
    page.drag(page.point(stage, axis, 0.1), page.point(stage, axis, 0.45));
    page.until("document.querySelectorAll('table.trials tbody tr').length === 2");
    assertTrue(text(".chips").startsWith("2 of 4 trials"), () -> text(".chips"));
    page.click(there(".chip-button"));
    page.until("document.querySelectorAll('table.trials tbody tr').length === 4");
    page.click(there("table.trials tbody a"));
    page.until("/^#\\/sweeps\\/short\\/000[1-4]$/.test(location.hash)");
    String slider = there("main input[type=range]");
    page.until(slider);
    String image = there("canvas.decoded") + ".toDataURL()";
    // Until its test image is there, that would set the dimensions back.
    page.until(there(".thumbnail[aria-pressed=true]"));
    settle();
    String before = page.value(image).asText();
    page.drag(page.point(slider, 0.5, 0.5), page.point(slider, 0.95, 0.5));
    page.until(image + " !== '" + before + "'");
  }

  /** A trial whose latent space is drawn, started from a test image. */
  private void play() {
    show("#/sweeps/short");
    page.until(there(".head .pill[data-state=finished]"));
    show("#/sweeps/short/0001");
    page.until(there("canvas.decoded[data-drawn]"));
    page.until(there("canvas.sheet[data-drawn]"));
    page.until(there(".thumbnail[aria-pressed=true]"));
    settle();
  }

  /** Waits until every picture is that of the code, and nothing more is asked. */
  private void settle() {
    page.until(there(".playground[data-busy='0']"));
  }

  private String drawn(String selector) {
    return page.value(there(selector) + ".toDataURL()").asText();
  }

  private String code() {
    return page.value(
            "[...document.querySelectorAll('.dimension input')].map((one) => one.value).join(' ')")
        .asText();
  }

  @Test
  void aLatentDimensionIsDraggedOrWalkedWithKeysAndThePictureFollows() {
    play();
    String slider = there(".dimension input[type=range]");
    String before = drawn("canvas.decoded");
    // A slider goes as far as the code of the image lies.
    String share = "((s) => (s.value - s.min) / (s.max - s.min))(%s)".formatted(slider);
    double at = page.value(share).asDouble();
    page.drag(page.point(slider, at, 0.5), page.point(slider, at < 0.5 ? 0.9 : 0.1, 0.5));
    page.until(share + (at < 0.5 ? " > 0.8" : " < 0.2"));
    settle();
    String dragged = drawn("canvas.decoded");
    assertNotEquals(before, dragged);
    double value = page.value("Number(%s.value)".formatted(slider)).asDouble();
    page.press(slider, at < 0.5 ? "ArrowLeft" : "ArrowRight");
    page.until("Math.abs(%s.value - %s) < 0.06 && %1$s.value != %2$s".formatted(slider, value));
    page.press(slider, "0");
    page.until(slider + ".value === '0'");
    settle();
    assertNotEquals(dragged, drawn("canvas.decoded"));
  }

  @Test
  void theCodeIsDraggedOverAMapOfTwoDimensionsThatCanBeChosen() {
    play();
    String before = drawn("canvas.decoded");
    String map = drawn("canvas.sheet");
    page.drag(page.point(there(".area"), 0.2, 0.2), page.point(there(".area"), 0.75, 0.25));
    page.until(
        there(".cursor[aria-label*=' 1.50']") + " && " + there(".cursor[aria-label*='1.50']"));
    settle();
    assertNotEquals(before, drawn("canvas.decoded"));
    assertEquals(map, drawn("canvas.sheet"));
    page.value(
        "(() => { const axis = %s; axis.selectedIndex = 2; axis.dispatchEvent(new Event('change')); })()"
            .formatted(there("select[data-axis=up]")));
    page.until(there("canvas.sheet") + ".dataset.drawn > 1");
    settle();
    assertNotEquals(map, drawn("canvas.sheet"));
  }

  @Test
  void aTestImageOrADrawingBecomesACode() {
    play();
    String first = code();
    page.click(there(".thumbnail[data-index='3']"));
    page.until(there(".thumbnail[data-index='3'][aria-pressed=true]"));
    settle();
    String fourth = code();
    assertNotEquals(first, fourth);
    page.click(there("button", "Random"));
    page.until(there(".original[hidden]"));
    assertNotEquals(fourth, code());
    page.click(there("summary", "Draw one yourself"));
    page.drag(page.point(there(".pad"), 0.3, 0.3), page.point(there(".pad"), 0.7, 0.7));
    page.until(there(".original figcaption", "It started from your drawing"));
    settle();
    String drawn = code();
    page.click(there("button", "Random"));
    page.until(there(".original[hidden]"));
    page.click(there(".thumbnail[data-index='3']"));
    page.until(there(".thumbnail[data-index='3'][aria-pressed=true]"));
    assertEquals(fourth, code());
    assertNotEquals(fourth, drawn);
  }

  @Test
  void theEditorTellsProblemsAtTheirLinesWhileSomebodyWrites() {
    show("#/submit");
    page.type(
        there("main textarea"),
        SHORT.replace("latent: 3", "latent: 0").replace("encoder:", "encodr:"));
    page.until(there(".verdict", "2 problems"));
    page.until(there(".row.wrong .message", "0 is out of range"));
    assertEquals(
        "true", page.value(there("main textarea") + ".getAttribute('aria-invalid')").asText());
    page.until(there("button.primary:disabled", "Submit"));
    page.click(there(".problems button", "9:11"));
    page.value(
        "document.activeElement.setRangeText('2', document.activeElement.selectionStart,"
            + " document.activeElement.selectionStart + 1)");
    page.value("document.activeElement.dispatchEvent(new Event('input'))");
    page.until(there(".verdict", "1 problem"));
    page.type(there("main textarea"), SHORT);
    page.until(there(".verdict", "No problems: 4 trials"));
    page.until(there(".plan h2", "short"));
  }

  @Test
  void workersAreShownWithTheirSlotsAndWhatTheyCanDo() {
    show("#/workers");
    page.until("document.querySelectorAll('.slot').length === 2");
    assertTrue(text(".traits").contains("fp32"), () -> text(".traits"));
    assertTrue(text(".traits").contains("sprites"), () -> text(".traits"));
    assertTrue(text(".sum").startsWith("1 worker"), () -> text(".sum"));
  }

  // A browser keeps six connections to one place: were each stream one of them, the seventh window
  // would wait for ever.
  @Test
  void moreWindowsThanABrowserHasConnectionsShareOneStream() throws Exception {
    List<BrowserPage> others = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      BrowserPage other = chromium.open(800, 600);
      other.go(url + "/dashboard/icon.svg");
      other.until("document.documentElement.nodeName === 'svg'");
      other.value("sessionStorage.setItem('elbow.token', '" + TOKEN + "')");
      other.go(url + "/");
      others.add(other);
    }
    for (BrowserPage other : others) {
      other.until(there("#live[data-state=online]"));
    }
    submit(sweep("shared", 1, "[1]"));
    for (BrowserPage other : others) {
      // What nobody looks at is not drawn.
      other.call("Page.bringToFront", Map.of());
      other.until(there("a", "shared"));
      other.close();
    }
  }

  @Test
  void aModelForManyWeightsIsALineInThePictureOfRateAndDistortion() throws Exception {
    submit(RATES);
    show("#/sweeps/rates");
    page.until(there(".head .pill[data-state=finished]"));
    page.until(there(".card .caption", "Dashed") + "?.textContent.includes('many β')");
  }

  @Test
  void aTrialThatIsNotThereIsSaidNotToBeWithoutAnErrorInTheConsole() {
    show("#/sweeps/short/99999");
    page.until(there(".notice h2", "There is no such trial"));
    assertTrue(text(".notice p").contains("from 0001 to 0004"), () -> text(".notice p"));
  }

  @Test
  void aSweepThatIsNotThereIsSaidNotToBeWithoutAnErrorInTheConsole() {
    show("#/sweeps/nowhere");
    page.until(there(".notice h2", "There is nothing here"));
    assertTrue(text(".notice p").contains("no sweep 'nowhere'"), () -> text(".notice p"));
  }

  @Test
  void modelsThatHaveNamesAreShownWithWhereTheyComeFromAndTheirFiles() throws Exception {
    page.value(axe());
    show("#/models");
    assertTrue(text(".notice .command").startsWith("elbow promote"), () -> text(".notice"));
    assertEquals(List.of(), violations("no models"));
    show("#/sweeps/short");
    page.until(there(".head .pill[data-state=finished]"));
    ElbowProcess.Ended promoted =
        ElbowProcess.run(folder, "promote", "short/0001", "--as", "digits", "--home", "h");
    assertEquals(0, promoted.exitCode(), promoted::toString);
    show("#/models");
    page.until(there(".version a[href='#/sweeps/short/0001']", "short/0001"));
    page.until(there(".version time"));
    assertEquals(List.of(), violations("a model"));
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Map<String, String> allowed = Map.of("behavior", "allow", "downloadPath", kept.toString());
    page.call("Page.setDownloadBehavior", allowed);
    page.click(there(".files button", "vae.onnx"));
    Path model = folder.resolve("h/sweeps/short/trials/0001/vae.onnx");
    Path file = kept.resolve("digits-1-vae.onnx");
    await().until(() -> Files.exists(file) && Files.mismatch(model, file) == -1);
  }

  @Test
  void everyPageIsForThoseWhoDoNotSeeItToo() throws IOException {
    show("#/sweeps/short");
    page.until(there(".head .pill[data-state=finished]"));
    show("#/sweeps/other");
    page.until(there(".head .pill[data-state=finished]"));
    page.value(axe());
    List<String> found = new ArrayList<>();
    for (String scheme : List.of("light", "dark")) {
      page.colours(scheme);
      for (String hash : PAGES) {
        show(hash);
        page.value(
            "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        found.addAll(violations(scheme + " " + hash));
      }
    }
    assertEquals(List.of(), found);
  }

  private static String axe() throws IOException {
    String name = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    try (InputStream script = DashboardIT.class.getClassLoader().getResourceAsStream(name)) {
      return new String(script.readAllBytes(), UTF_8) + ";0";
    }
  }

  private List<String> violations(String where) {
    JsonNode found =
        page.value(
            """
            axe.run(document, {resultTypes: ['violations']}).then(({violations}) => violations
              .filter((one) => one.impact === 'serious' || one.impact === 'critical')
              .map((one) => one.id + ': ' + one.help + ' ' + one.nodes.slice(0, 4).map((node) => node.html.slice(0, 160)).join(' | ')))
            """);
    List<String> lines = new ArrayList<>();
    found.forEach(line -> lines.add(where + " " + line.asText()));
    return lines;
  }

  @Test
  void figuresAreComputedAsTheirNamesSay() {
    assertFigure(
        "[[0,1,3,4],1]",
        "const xs = [1, 2, 3, 3, 9], ys = [10, 4, 8, 3, 2]; const front = f.pareto(xs, ys, [0, 1,"
            + " 2, 3, 4]); return [front, f.elbow(xs, ys, front)];");
    assertFigure("null", "return f.elbow([1, 2, 3], [3, 2, 1], [0, 1, 2]);");
    assertFigure("[1,2.5,2.5,4]", "return [...f.ranks([3, 5, 5, 9])];");
    assertFigure(
        "[\"a\",true,\"b\",true]",
        """
        const n = 120, a = [], b = [], figure = [];
        for (let i = 0; i < n; i++) { a.push(i % 4); b.push(i % 3); figure.push(10 * (i % 4) + Math.sin(i * 12.9898)); }
        const found = f.importance({b, a}, figure, a.keys());
        return [found[0].name, found[0].share > 0.9, found[1].name, found[1].share < 0.05];
        """);
    assertFigure("null", "return f.importance({a: [1, 2]}, [3, 4], [0, 1])[0].share;");
    assertFigure(
        "[20,true,0,999]",
        """
        const curve = Array.from({length: 1000}, (_, i) => [i, i === 500 ? 9 : Math.sin(i / 40)]);
        const less = f.decimate(curve, 20);
        return [less.length, less.some(([x]) => x === 500), less[0][0], less[19][0]];
        """);
    assertFigure("[0,20,40,60]", "return f.ticks(0, 60, 4);");
    assertFigure(
        "30", "const c = new f.Clock(); c.left('s', 0, 0); return c.left('s', 0.25, 10000);");
    assertFigure(
        "\"a,b\\r\\n1,\\\"x,\\\"\\\"y\\\"\\\"\\\"\\r\\n'=1+1,\\r\\n\"",
        "return f.csv(['a', 'b'], [[1, 'x,\"y\"'], ['=1+1', NaN]]);");
  }

  @Test
  void afterALostConnectionItCatchesUp() throws Exception {
    try (Line line = Line.to(URI.create(url).getPort())) {
      BrowserPage far = opened("http://127.0.0.1:" + line.port());
      line.cut();
      far.until(there("#banner:not([hidden])"));
      submit(sweep("meanwhile", 1, "[1]"));
      line.mend();
      far.until(there("a", "meanwhile"));
      far.until(there("#banner[hidden]"));
      far.close();
    }
  }

  @Test
  void eventsThatComeInPiecesAreReadWhole() {
    JsonNode heard =
        page.value(
            """
            import('/dashboard/stream.js').then(({Words}) => {
              const words = new Words();
              return ['event: tr', 'ial\\nid: x-1\\ndata: {"a":1}\\n', '\\n: alive\\n\\nevent: sweep\\ndata: {}\\n\\n']
                .flatMap((piece) => words.add(piece)).map(({event, id, data}) => [event, id, data]);
            })
            """);
    assertEquals(
        "[[\"trial\",\"x-1\",\"{\\\"a\\\":1}\"],[\"sweep\",\"\",\"{}\"]]", heard.toString());
  }

  private static final String MANY =
      """
      Promise.all(['trials', 'parallel', 'trialtable', 'colouring'].map((name) => import(`/dashboard/${name}.js`)))
        .then(([{Trials}, {Parallel}, {TrialTable}, {Colouring}]) => {
          const of = (make) => Array.from({length: 10000}, (_, i) => make(i));
          const trials = new Trials({
            sweep: 'many', states: of(() => 'completed'), attempts: of(() => 1), seeds: of(() => 1), failures: of(() => ''),
            parameters: {'objective.beta': of((i) => 0.1 * 1.0005 ** i)}, yardstick: of(() => 0), yardsticks: [],
            figures: {test_kl: of((i) => i), test_reconstruction: of((i) => 9 - i), mig: of((i) => i % 2 ? 0.5 : null)},
          });
          const [place, table] = [document.createElement('div'), document.createElement('div')];
          document.querySelector('main').replaceChildren(place, table);
          const abort = new AbortController();
          const parallel = new Parallel(place, {held: () => {}, change: () => {}}, abort.signal);
          parallel.set({trials, names: ['objective.beta', 'test_kl', 'mig'], colouring: new Colouring(trials, 'mig')});
          new TrialTable(table).set({trials, goal: {column: 'test_loss', direction: 'minimize'}, split: 'test'});
          window.many = {trials, abort};
        })
      """;

  @Test
  void tenThousandTrialsAreChosenAmongByLinesOfAFewOfThemAndItSaysSo() {
    page.value(MANY);
    page.until(there(".caption", "Lines of 2,500 of 10,000 trials"));
    String stage = there(".parallel-stage");
    double first = 62.0 / page.value(stage + ".clientWidth").asDouble();
    page.drag(page.point(stage, first, 34.0 / 290), page.point(stage, first, 147.0 / 290));
    page.until("many.trials.count < 10000");
    // Upwards values grow evenly by their logarithms, so the upper half are half of the trials.
    page.until("Math.abs(many.trials.count - 5000) < 60");
    page.until("many.trials.places().every((place) => place > 4900)");
    page.until(there("th[data-name=mig]"));
    // What is left when the hand has let go is what would be drawn from nothing.
    page.until(there(".caption", "Lines of 2,500 of 5,0"));
    String pictures =
        "JSON.stringify([...document.querySelectorAll('.parallel-stage canvas')].map((c) => c.toDataURL()))";
    String left = page.value(pictures).asText();
    page.value("document.dispatchEvent(new Event('theme'))");
    page.value("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))");
    assertEquals(left, page.value(pictures).asText());
    page.value("many.abort.abort()");
  }

  // Some are beyond the axes, some at their edges, some above others; what is not opaque may differ
  // by what a canvas rounds.
  private static final String SQUARES =
      """
      import('/dashboard/dots.js').then(({Squares}) => {
        const n = 3000, xs = Array.from({length: n}, (_, i) => (i * 37) % 331 - 10), ys = xs.map((_, i) => (i * 91) % 223 - 10);
        const at = {width: 300, height: 200, x: (v) => v + 0.3, y: (v) => v, box: {left: 20, top: 10, width: 260, height: 170}};
        const kinds = [['#e2e5ea', 1], ['rgb(120, 130, 140)', 0.55], ['rgb(68, 1, 84)', 1]];
        const pens = [1, 2].map(() => {
          const canvas = Object.assign(document.createElement('canvas'), {width: 300 * RATIO, height: 200 * RATIO});
          return canvas.getContext('2d', {willReadFrequently: true});
        });
        const squares = new Squares(pens[0], at, {xs, ys, all: xs.map((_, i) => i)});
        squares.begin();
        pens[1].scale(RATIO, RATIO);
        kinds.forEach(([colour, alpha], kind) => {
          squares.colour(colour, alpha);
          pens[1].fillStyle = colour;
          pens[1].globalAlpha = alpha;
          xs.forEach((x, i) => {
            const [left, top] = [Math.round(at.x(x)), Math.round(at.y(ys[i]))];
            if (i % 3 !== kind || left < 20 || left > 280 || top < 10 || top > 180) return;
            pens[1].fillRect(left - 1, top - 1, 3, 3);
          });
          xs.forEach((_, i) => i % 3 === kind && squares.draw(i));
        });
        squares.end();
        const [set, filled] = pens.map((pen) => pen.getImageData(0, 0, 300 * RATIO, 200 * RATIO).data);
        return [set.filter((value) => value > 0).length > 60000, set.reduce((most, value, i) => Math.max(most, Math.abs(value - filled[i])), 0) <= 2];
      })
      """;

  @Test
  void manyPointsSetAsPixelsLookAsIfEachHadBeenFilled() {
    for (int ratio : List.of(1, 2)) {
      assertEquals("[true,true]", page.value(SQUARES.replace("RATIO", "" + ratio)).toString());
    }
  }

  private void assertFigure(String expected, String body) {
    JsonNode found = page.value("import('/dashboard/figures.js').then((f) => {" + body + "})");
    assertEquals(expected, found.toString());
  }
}
