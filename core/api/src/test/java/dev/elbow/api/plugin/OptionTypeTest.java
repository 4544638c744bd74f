package dev.elbow.api.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.api.plugin.OptionType.InvalidValueException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionTypeTest {
  private static final OptionType LATENT = new OptionType.Whole(1, 4096);
  private static final OptionType BETA = new OptionType.Real(0, true, Double.MAX_VALUE);
  private static final OptionType RATE = new OptionType.Real(0, false, Double.MAX_VALUE);
  private static final OptionType SIZES = new OptionType.ListOf(new OptionType.Whole(1, 9), 1, 3);
  private static final OptionType WAY =
      new OptionType.Variant(
          Map.of("sgd", List.of(Option.real("momentum", 0, 1, 0.5, "Decay.")), "plain", List.of()));

  private static String refusal(OptionType type, Object raw) {
    return assertThrows(InvalidValueException.class, () -> type.parse(raw)).getMessage();
  }

  @Test
  void wholeNumbersComeInAnyWriting() throws InvalidValueException {
    assertEquals(20L, LATENT.parse(20));
    assertEquals(20L, LATENT.parse(2e1));
    assertEquals(20L, LATENT.parse(BigInteger.valueOf(20)));
  }

  @Test
  void wholeNumbersOutOfRangeAreRefusedWithTheRange() {
    assertEquals("0 is out of range, expected an integer from 1 to 4096", refusal(LATENT, 0));
    assertEquals("4097 is out of range, expected an integer from 1 to 4096", refusal(LATENT, 4097));
    assertEquals("expected an integer from 1 to 4096, got 1.5", refusal(LATENT, 1.5));
    assertEquals("expected an integer from 1 to 4096, got NaN", refusal(LATENT, Double.NaN));
    assertEquals("expected an integer from 1 to 4096, got 1.0E300", refusal(LATENT, 1e300));
    assertEquals("expected an integer from 1 to 4096, got '20'", refusal(LATENT, "20"));
    assertEquals("expected an integer from 1 to 4096, got null", refusal(LATENT, null));
    assertEquals("expected an integer from 1 to 4096, got true", refusal(LATENT, true));
  }

  @Test
  void numbersAreFinite() throws InvalidValueException {
    assertEquals(1.0, BETA.parse(1));
    assertEquals(0.0, BETA.parse(-0.0));
    assertEquals("-1 is out of range, expected a finite number of at least 0", refusal(BETA, -1));
    assertEquals(
        "NaN is out of range, expected a finite number of at least 0", refusal(BETA, Double.NaN));
    assertEquals(
        "Infinity is out of range, expected a finite number of at least 0",
        refusal(BETA, Double.POSITIVE_INFINITY));
    assertEquals("0 is out of range, expected a finite number above 0", refusal(RATE, 0));
  }

  @Test
  void listsAreCheckedInLengthAndElements() throws InvalidValueException {
    assertEquals(List.of(1L, 9L), SIZES.parse(List.of(1, 9)));
    assertEquals(
        "[] is out of range, expected a list of 1 to 3 values, each an integer from 1 to 9",
        refusal(SIZES, List.of()));
    assertEquals(
        "10 is out of range, expected an integer from 1 to 9", refusal(SIZES, List.of(1, 10)));
    assertEquals(
        "expected a list of 1 to 3 values, each an integer from 1 to 9, got 4", refusal(SIZES, 4));
  }

  @Test
  void wordsAreThoseThereAre() {
    OptionType choice = new OptionType.Choice(List.of("none", "fixed"));
    assertEquals("expected one of none, fixed, got 'fixd'", refusal(choice, "fixd"));
    assertEquals("expected true or false, got 'yes'", refusal(new OptionType.Flag(), "yes"));
    assertEquals("expected text, got ' '", refusal(new OptionType.Text(), " "));
  }

  @Test
  void aWayIsAWordOrAMapAndItsValueIsComplete() throws InvalidValueException {
    assertEquals(Map.of("name", "sgd", "momentum", 0.5), WAY.parse("sgd"));
    assertEquals(
        Map.of("name", "sgd", "momentum", 0.9), WAY.parse(Map.of("name", "sgd", "momentum", 0.9)));
    assertEquals(
        "momentum: 2 is out of range, expected a number from 0 to 1",
        refusal(WAY, Map.of("name", "sgd", "momentum", 2)));
    assertEquals(
        "momentun: unknown option, did you mean 'momentum'?",
        refusal(WAY, Map.of("name", "sgd", "momentun", 0.2)));
    assertThrows(InvalidValueException.class, () -> WAY.parse("adam"));
    assertThrows(InvalidValueException.class, () -> WAY.parse(Map.of("momentum", 0.9)));
  }

  @Test
  void whatIsShownOfALongValueIsShort() {
    String message = refusal(LATENT, "x".repeat(100_000));
    assertEquals(true, message.length() < 200);
  }

  @Test
  void aDefaultThatItsOwnOptionRefusesIsTheAuthorsMistake() {
    assertThrows(IllegalArgumentException.class, () -> Option.whole("a", 1, 3, 4, "A."));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Option("Not-camel", LATENT, Optional.of(1), "A."));
  }
}
