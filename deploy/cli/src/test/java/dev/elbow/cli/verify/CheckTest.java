package dev.elbow.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.cli.verify.Check.Expectation;
import dev.elbow.cli.verify.Finding.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckTest {
  private static final Map<String, String> ALL = Map.of();

  private static Check check(Expectation expectation) {
    return new Check("kl", ALL, expectation, "");
  }

  private static Measured trial(String beta, double kl) {
    return new Measured(1, 1, Map.of("beta", beta), Map.of("kl", kl, "again", kl + 0.0005));
  }

  @Test
  void aFigureWithinItsTolerancePassesAndEveryTrialCounts() {
    Check near = check(new Check.Near(105.6, 0.5));
    assertEquals(Verdict.PASS, near.judge(List.of(trial("1", 105.2))).verdict());
    Finding failed = near.judge(List.of(trial("1", 105.2), trial("1", 106.2)));
    assertEquals(new Finding(Verdict.FAIL, "105.60 ± 0.500", "105.20 106.20"), failed);
  }

  @Test
  void whatWasNotMeasuredFails() {
    Check most = check(new Check.AtMost(1));
    assertEquals(Verdict.FAIL, most.judge(List.of()).verdict());
    Measured unknown = new Measured(2, 1, Map.of(), Map.of());
    assertEquals(Verdict.FAIL, most.judge(List.of(trial("1", 0.5), unknown)).verdict());
    assertEquals(Verdict.PASS, most.judge(List.of(trial("1", 0.5))).verdict());
    assertEquals(Verdict.FAIL, most.judge(List.of(trial("1", 1.5))).verdict());
  }

  @Test
  void twoFiguresOfATrialAreEqualAsFarAsIsSaid() {
    List<Measured> trials = List.of(trial("1", 10));
    assertEquals(Verdict.PASS, check(new Check.Equal("again", 1e-3)).judge(trials).verdict());
    Finding failed = check(new Check.Equal("again", 1e-4)).judge(trials);
    assertEquals(Verdict.FAIL, failed.verdict());
    assertEquals("largest difference 5.0e-04 (1 trial)", failed.measured());
    assertEquals(Verdict.FAIL, check(new Check.Equal("missing", 1)).judge(trials).verdict());
  }

  @Test
  void aFigureIsNoWorseThanAnotherWhereItIsNotAboveByMoreThanAShare() {
    List<Measured> above = List.of(new Measured(1, 1, ALL, Map.of("kl", 103.0, "other", 100.0)));
    Finding passed = check(new Check.NoWorse("other", 0.031)).judge(above);
    assertEquals(new Finding(Verdict.PASS, "at most other + 3 %", "103 (+3.0 %)"), passed);
    assertEquals(Verdict.FAIL, check(new Check.NoWorse("other", 0.029)).judge(above).verdict());
    assertEquals(Verdict.FAIL, check(new Check.NoWorse("no", 1)).judge(above).verdict());
    List<Measured> below = List.of(new Measured(1, 1, ALL, Map.of("kl", 90.0, "other", 100.0)));
    Finding better = check(new Check.NoWorse("other", 0.03)).judge(below);
    assertEquals(new Finding(Verdict.PASS, "at most other + 3 %", "90 (-10.0 %)"), better);
  }

  @Test
  void settingsAreInOrderOnlyWhereNoSeedsOverlap() {
    Check falls = check(new Check.Ordered("beta", false));
    List<Measured> apart =
        List.of(trial("16", 3), trial("1", 12), trial("4", 8), trial("1", 11), trial("4", 8.5));
    Finding passed = falls.judge(apart);
    assertEquals(new Finding(Verdict.PASS, "falls with beta", "11 12 > 8 8.50 > 3"), passed);
    List<Measured> overlapping = new ArrayList<>(apart);
    overlapping.add(trial("4", 11.5));
    Finding failed = falls.judge(overlapping);
    assertEquals(Verdict.FAIL, failed.verdict());
    assertEquals("11 12 ~ 8 8.50 11.50 > 3", failed.measured());
    assertEquals(Verdict.FAIL, check(new Check.Ordered("beta", true)).judge(apart).verdict());
    assertEquals(Verdict.FAIL, falls.judge(List.of(trial("1", 1))).verdict(), "one setting");
  }

  @Test
  void onlyTrialsWithTheGivenValuesAreMeant() {
    Check one = new Check("kl", Map.of("beta", "4"), new Check.Near(8, 0.1), "");
    assertEquals(Verdict.PASS, one.judge(List.of(trial("1", 12), trial("4", 8))).verdict());
    assertEquals("kl (beta 4)", one.about());
  }

  @Test
  void whatIsOnlyShownClaimsNothing() {
    Finding shown =
        check(new Check.Shown("beta")).judge(List.of(trial("1", 0.25), trial("4", 0.125)));
    assertEquals(Verdict.SHOWN, shown.verdict());
    assertTrue(shown.measured().startsWith("0.250 > 0.125"), shown::toString);
  }
}
