package dev.elbow.trainer.libtorch;

import dev.elbow.trainer.program.StepProgram;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.global.torch;

/** Compiled programs by their text, so that trials of one structure share one. Thread-safe. */
final class StepPrograms {
  private record Compiled(CompilationUnit unit, Function function) {}

  private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

  /** The function of {@code program}. */
  Function function(StepProgram program) {
    return compiled.computeIfAbsent(program.text(), StepPrograms::compile).function();
  }

  // Kept for as long as the engine is: a scope that is open here must not free it.
  private static Compiled compile(String text) {
    CompilationUnit unit = torch.compile(text).retainReference();
    Function function = unit.get_function(new QualifiedName(StepProgram.FUNCTION));
    return new Compiled(unit, function.retainReference());
  }
}
