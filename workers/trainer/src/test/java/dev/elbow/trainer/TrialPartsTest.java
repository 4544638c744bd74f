package dev.elbow.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Trial;
import dev.elbow.catalog.Catalog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialPartsTest {
  private static final Trial OPEN =
      TinySweep.of(Map.of("precision", "auto", "epochs", 3)).trial(1).trial();
  private static final Trial CLOSED =
      TinySweep.of(Map.of("precision", "fp32", "epochs", 3)).trial(1).trial();

  @Test
  void trainsInFp32WhereNobodyHasChosen() throws Exception {
    try (Catalog catalog = Catalog.ofClassPath()) {
      TrialParts parts = new TrialParts(catalog, List.of("fp32"));
      assertEquals(CLOSED, parts.resolved(OPEN));
      assertEquals(CLOSED, parts.resolved(CLOSED));
      assertEquals(List.of(), parts.missing(OPEN));
    }
  }

  @Test
  void lacksWhatTheEngineCannotDo() throws Exception {
    Trial half = TinySweep.of(Map.of("precision", "bf16")).trial(1).trial();
    try (Catalog catalog = Catalog.ofClassPath()) {
      List<String> missing = new TrialParts(catalog, List.of("fp32")).missing(half);
      assertEquals(List.of("precision 'bf16', this worker has [fp32]"), missing);
    }
  }

  @Test
  void namesEachPluginWithItsVersion() throws Exception {
    try (Catalog catalog = Catalog.ofClassPath()) {
      List<String> origins = new TrialParts(catalog, List.of("fp32")).origins(OPEN);
      assertEquals(4, origins.size());
      assertTrue(origins.get(0).startsWith("dataset/squares unknown"), origins.get(0));
      assertTrue(origins.get(3).startsWith("objective/tiny unknown"), origins.get(3));
    }
  }
}
