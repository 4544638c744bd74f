package dev.elbow.trainer.libtorch;

import dev.elbow.trainer.program.EvaluationProgram;
import dev.elbow.trainer.program.StepProgram;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.global.torch;

/** Compiled programs by their text, so that trials of one structure share one. Thread-safe. */
final class CompiledPrograms {
  private record Compiled(CompilationUnit unit, Function function) {}

  private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

  /** The function that trains. */
  Function function(StepProgram program) {
    return function(program.text(), StepProgram.FUNCTION);
  }

  /** The function that measures. */
  Function function(EvaluationProgram program) {
    return function(program.text(), EvaluationProgram.FUNCTION);
  }

  private Function function(String text, String name) {
    return compiled.computeIfAbsent(text, missing -> compile(missing, name)).function();
  }

  // Kept for as long as the engine is: a scope that is open here must not free it.
  private static Compiled compile(String text, String name) {
    CompilationUnit unit = torch.compile(text).retainReference();
    Function function = unit.get_function(new QualifiedName(name));
    return new Compiled(unit, function.retainReference());
  }
}
