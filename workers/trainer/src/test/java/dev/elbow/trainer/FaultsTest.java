package dev.elbow.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.FailureKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultsTest {
  @Test
  void whatAPluginThrowsIsItsFault() {
    assertEquals(
        FailureKind.PLUGIN_FAULT,
        kind("com.example.WideEncoder", "java.util.ArrayList", "dev.elbow.trainer.TrialRun"));
    assertEquals(
        FailureKind.PLUGIN_FAULT,
        kind("java.nio.file.Files", "com.example.Images", "dev.elbow.trainer.TrialRun"));
  }

  @Test
  void whatTheFileSystemOfTheResultsThrowsIsTroubleOfTheInfrastructure() {
    assertEquals(
        FailureKind.INFRASTRUCTURE,
        kind("com.example.ObjectStore", "java.nio.file.Files", "dev.elbow.trainer.TrialFolders"));
  }

  private static FailureKind kind(String... innermostFirst) {
    RuntimeException thrown = new IllegalStateException("no answer");
    thrown.setStackTrace(
        Stream.of(innermostFirst)
            .map(name -> new StackTraceElement(name, "method", "File.java", 1))
            .toArray(StackTraceElement[]::new));
    return Faults.of(thrown).kind();
  }
}
