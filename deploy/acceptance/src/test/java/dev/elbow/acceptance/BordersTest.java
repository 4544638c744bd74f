package dev.elbow.acceptance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.elbow.testkit.ReferenceEngine;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom. What crosses a border here stands in the design first. */
class BordersTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.elbow");

  // A rule about "no class" holds for no classes too, so a part that was renamed must be noticed.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.elbow.api",
        "dev.elbow.broker",
        "dev.elbow.catalog",
        "dev.elbow.cli",
        "dev.elbow.coordinator",
        "dev.elbow.datasets",
        "dev.elbow.inference",
        "dev.elbow.messaging",
        "dev.elbow.networks",
        "dev.elbow.objectives",
        "dev.elbow.scores",
        "dev.elbow.search",
        "dev.elbow.testkit",
        "dev.elbow.trainer",
        "dev.elbow.trainer.libtorch"
      })
  void everyPartThatARuleNamesIsSeen(String part) {
    assertTrue(
        PRODUCT.stream().anyMatch(resideInAPackage(part + "..")),
        () -> "no class of " + part + " among the " + PRODUCT.size() + " on the class path");
  }

  @Test
  void theApiNeedsTheJdkAlone() {
    seesOnly("dev.elbow.api");
  }

  @Test
  void theReaderOfModelsNeedsOnnxRuntimeAlone() {
    seesOnly("dev.elbow.inference", "ai.onnxruntime..");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.elbow.datasets",
        "dev.elbow.networks",
        "dev.elbow.objectives",
        "dev.elbow.scores",
        "dev.elbow.search"
      })
  void aPluginSeesTheApiAlone(String plugin) {
    // javax.imageio is of the JDK.
    seesOnly(plugin, "dev.elbow.api..", "javax.imageio..");
  }

  @Test
  void onePackageOfTheTrainerKnowsLibtorch() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.elbow.trainer.libtorch..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(PRODUCT);
  }

  @Test
  void coordinatorAndTrainerNeverMeet() {
    neverSees("dev.elbow.coordinator..", "dev.elbow.trainer..");
    neverSees("dev.elbow.trainer..", "dev.elbow.coordinator..");
  }

  @Test
  void noPartOfTheProductNeedsWhatTestsNeed() {
    noClasses()
        .that(not(resideInAPackage("dev.elbow.testkit..")))
        // How an engine offers itself to contracts; nothing but a test loads it.
        .and(not(assignableTo(ReferenceEngine.class)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.elbow.testkit..", "org.junit..", "org.awaitility..")
        .check(PRODUCT);
  }

  @Test
  void aNameSaysWhatAClassIsAndNotThatItHelps() {
    noClasses()
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils?|Utilities|Impl|Common)(\\$.*)?")
        .check(PRODUCT);
  }

  private static void seesOnly(String part, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(part + "..", "java.."), Stream.of(others)).toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(part + "..")
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(allowed)
                .as("reside in %s", String.join(", ", allowed)))
        .check(PRODUCT);
  }

  private static void neverSees(String part, String other) {
    noClasses()
        .that()
        .resideInAPackage(part)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(other)
        .check(PRODUCT);
  }
}
