package dev.elbow.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {
  @Test
  void aSystemThatLibtorchIsNotPublishedForIsNamedWithThoseThatItIs() {
    assertEquals(
        "found no libtorch for linux-arm64, which workers train with: libtorch exists for linux-x86_64, macosx-arm64, "
            + "windows-x86_64, and not for linux-arm64. Coordinators and what asks exported models run here.",
        NativeLibraries.missing("linux-arm64", false).orElseThrow());
  }

  @Test
  void anInstallationWithoutLibtorchIsToldFromASystemWithout() {
    String text = NativeLibraries.missing("linux-x86_64", false).orElseThrow();
    assertTrue(text.contains("this installation was made without it"), text);
  }

  @Test
  void whereThereAreLibrariesNothingIsMissing() {
    assertEquals(Optional.empty(), NativeLibraries.missing("linux-x86_64", true));
  }
}
