package dev.elbow.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaseTableTest {
  @Test
  void theUsualCasesTakeLessThanAQuarterOfAnHour() {
    double minutes =
        CaseTable.released().stream()
            .filter(each -> !each.isLong())
            .mapToDouble(ReferenceCase::minutes)
            .sum();
    assertTrue(minutes > 0 && minutes < 15, () -> minutes + " minutes");
  }

  @Test
  void everyClaimSaysWhereItIsFrom() {
    for (ReferenceCase each : CaseTable.released()) {
      assertFalse(each.checks().isEmpty(), each::name);
      each.checks().stream()
          .filter(check -> !(check.expectation() instanceof Check.Shown))
          .forEach(check -> assertFalse(check.source().isEmpty(), each.name() + check));
    }
  }

  @Test
  void namesAreDifferent() {
    List<String> names = CaseTable.released().stream().map(ReferenceCase::name).toList();
    assertEquals(names.stream().distinct().toList(), names);
  }

  @Test
  void whatIsNoKeyIsRefusedByName() {
    String yaml = "[{case: c, sweep: s, expect: [{figure: f, isn't: 3}]}]";
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> CaseTable.read(yaml));
    assertTrue(refused.getMessage().contains("f: found 'isn't'"), refused.getMessage());
  }

  @Test
  void anExpectationWithoutItsNumberIsRefused() {
    String yaml = "[{case: c, sweep: s, expect: [{figure: f, is: 3}]}]";
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> CaseTable.read(yaml));
    assertTrue(refused.getMessage().contains("within: found null"), refused.getMessage());
  }
}
