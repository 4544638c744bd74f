package dev.elbow.api.plugin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.api.plugin.Options.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final List<Option> DECLARED =
      List.of(
          Option.requiredText("path", "Folder."),
          Option.whole("latent", 1, 4096, 20, "Size of the code."),
          Option.real("beta", 0, Double.MAX_VALUE, 1, "Weight."),
          Option.wholes("hidden", 0, 4, 1, 1000, List.of(400), "Sizes."),
          Option.flag("bias", true, "Whether there is a bias."));

  private static Map<String, Object> given(Object... namesAndValues) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return given;
  }

  @Test
  void defaultsAreFilledInInTheOrderOfDeclaration() {
    Options options = Options.check(DECLARED, given("beta", 4, "path", "mnist")).orThrow();
    assertEquals(
        List.of("path", "latent", "beta", "hidden", "bias"),
        List.copyOf(options.values().keySet()));
    assertEquals("mnist", options.text("path"));
    assertEquals(20, options.count("latent"));
    assertEquals(4.0, options.real("beta"));
    assertArrayEquals(new int[] {400}, options.counts("hidden"));
    assertEquals(true, options.flag("bias"));
  }

  @Test
  void whatAnOlderReleaseDidNotKnowIsTakenFromItsDefault() {
    Options older = new Options(Map.of("path", "mnist", "latent", 3L, "dropped", "x"));
    Options completed = older.completed(DECLARED);
    assertEquals(3, completed.count("latent"));
    assertEquals(1.0, completed.real("beta"));
    assertEquals(true, completed.flag("bias"));
    assertEquals("x", completed.text("dropped"));
    assertFalse(new Options(Map.of()).completed(DECLARED).has("path"));
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    Map<String, Object> given = given("betta", 4, "latent", 0, "hidden", List.of(0), "zzz", 1);
    assertEquals(
        List.of(
            new Problem("path", "missing, expected text"),
            new Problem("latent", "0 is out of range, expected an integer from 1 to 4096"),
            new Problem("hidden", "0 is out of range, expected an integer from 1 to 1000"),
            new Problem("betta", "unknown option, did you mean 'beta'?"),
            new Problem("zzz", "unknown option, expected one of path, latent, beta, hidden, bias")),
        Options.check(DECLARED, given).problems());
  }

  @Test
  void optionsWithProblemsAreNotThere() {
    Options.Checked checked = Options.check(DECLARED, given("latent", 0));
    assertFalse(checked.options().has("latent"));
    assertFalse(checked.options().has("path"));
    assertThrows(IllegalArgumentException.class, checked::orThrow);
  }

  @Test
  void aNullIsRefusedWhereItStands() {
    assertEquals(
        List.of(new Problem("latent", "expected an integer from 1 to 4096, got null")),
        Options.check(DECLARED, given("path", "a", "latent", null)).problems());
  }

  @Test
  void askingForAnotherTypeIsTheAuthorsMistake() {
    Options options = Options.check(DECLARED, given("path", "a")).orThrow();
    assertThrows(IllegalArgumentException.class, () -> options.real("latent"));
    assertThrows(IllegalArgumentException.class, () -> options.text("nothing"));
  }

  @Test
  void valuesCannotBeChanged() {
    Options options = Options.check(DECLARED, given("path", "a")).orThrow();
    assertThrows(UnsupportedOperationException.class, () -> options.values().put("latent", 1L));
  }

  @Test
  void aSuggestionIsTheNearestNameOrNone() {
    List<String> known = List.of("encoder", "decoder", "dataset");
    assertEquals("unknown key, did you mean 'encoder'?", Options.unknown("key", "encodr", known));
    assertEquals("unknown key, did you mean 'decoder'?", Options.unknown("key", "Decoder", known));
    assertEquals("unknown key, did you mean 'dataset'?", Options.unknown("key", "data_set", known));
    assertEquals(
        "unknown key, expected one of encoder, decoder, dataset",
        Options.unknown("key", "goal", known));
    assertEquals("unknown key, there is none here", Options.unknown("key", "goal", List.of()));
  }
}
