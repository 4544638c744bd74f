package dev.elbow.api.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  @Test
  void theNearestWins() {
    assertEquals(Optional.of("latent"), Suggestion.nearest("latnt", List.of("patent", "latent")));
  }

  @Test
  void aShortNameMayDifferInOneLetter() {
    assertEquals(Optional.of("z"), Suggestion.nearest("y", List.of("z")));
    assertEquals(Optional.empty(), Suggestion.nearest("xyz", List.of("z")));
    assertEquals(Optional.of("beta"), Suggestion.nearest("bet", List.of("beta")));
  }

  @Test
  void nothingIsNearToNothing() {
    assertEquals(Optional.empty(), Suggestion.nearest("", List.of("encoder")));
    assertEquals(Optional.empty(), Suggestion.nearest("encoder", List.of()));
  }
}
