package dev.elbow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.data.Factor;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Score;
import dev.elbow.api.score.ScoreChoice;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every score keeps. Extend it, return the plugin, inherit the tests. */
public abstract class ScoreContract extends PluginContract<Score> {
  private static final int IMAGES = 240;
  private static final int LATENT = 4;

  /** For subclasses. */
  protected ScoreContract() {
    super(Score.class);
  }

  /** Whether it can only be computed where factors are known. */
  protected abstract boolean needsFactors();

  private KnownCodes model(List<Factor> factors) {
    int[][] indices = new int[IMAGES][factors.size()];
    float[][] means = new float[IMAGES][];
    for (int i = 0; i < IMAGES; i++) {
      for (int f = 0; f < factors.size(); f++) {
        indices[i][f] = (i / (f == 0 ? 1 : 3)) % factors.get(f).values().size();
      }
      means[i] = RandomArrays.normal(LATENT, i);
      means[i][0] += factors.isEmpty() ? 0 : 3 * indices[i][0];
    }
    return new KnownCodes(factors, indices, means, IMAGES / 10);
  }

  private KnownCodes model() {
    return model(
        List.of(
            new Factor("shape", List.of(0.0, 1.0, 2.0)),
            new Factor("scale", List.of(0.5, 0.75, 0.9, 1.0))));
  }

  @Test
  void itsColumnsAreWrittenAsFiguresAre() {
    List<String> columns = plugin().columns();
    assertFalse(columns.isEmpty());
    assertEquals(columns.size(), new HashSet<>(columns).size());
    columns.forEach(column -> assertTrue(column.matches("[a-z][a-z0-9_]*"), column));
  }

  @Test
  void itsOptionsAreNotThoseThatEveryScoreHas() {
    List<String> names = plugin().options().stream().map(Option::name).toList();
    for (String ofAll : List.of(ScoreChoice.ON, ScoreChoice.IMAGES, ScoreChoice.BETA)) {
      assertFalse(names.contains(ofAll), names::toString);
    }
  }

  @Test
  void itGivesAFigureForEachColumnAlwaysTheSame() {
    KnownCodes model = model();
    Map<String, Double> figures = plugin().compute(model, options(Map.of()));
    assertEquals(new HashSet<>(plugin().columns()), figures.keySet());
    figures.forEach((column, figure) -> assertTrue(Double.isFinite(figure), column));
    assertEquals(figures, plugin().compute(model(), options(Map.of())));
  }

  @Test
  void dataWithoutFactorsAreRefusedWhereItNeedsThem() {
    KnownCodes without = model(List.of());
    Optional<String> problem = plugin().problem(without.subject(), options(Map.of()));
    assertEquals(needsFactors(), problem.isPresent());
    problem.ifPresent(text -> assertTrue(text.contains("factors"), text));
    assertEquals(Optional.empty(), plugin().problem(model().subject(), options(Map.of())));
  }
}
