package dev.elbow.trainer.program;

/**
 * An operation as TorchScript writes it; <code>{0}</code>, <code>{1}</code>, … stand for what it is
 * applied to.
 *
 * @param text gives a new value
 * @param inPlace gives the same in the memory of <code>{0}</code>; empty where there is no such
 *     form
 * @param memory where the result lies
 */
record Call(String text, String inPlace, Memory memory) {
  /** Where a result lies. */
  enum Memory {
    /** In memory of its own, which may be written over after its last use. */
    OWN,
    /** In that of the first operand. */
    OF_OPERAND,
    /** In memory that must not be written. */
    GIVEN,
    /** Nowhere: a number of TorchScript, the same for the whole batch. */
    NUMBER,
    /** Nowhere: a number that is known while the program is written. */
    CONSTANT,
    /** Nowhere: the operation changes memory that it names itself. */
    CHANGED
  }

  static Call of(String text) {
    return new Call(text, "", Memory.OWN);
  }

  static Call of(String text, String inPlace) {
    return new Call(text, inPlace, Memory.OWN);
  }

  static Call view(String text) {
    return new Call(text, "", Memory.OF_OPERAND);
  }

  static Call given(String text) {
    return new Call(text, "", Memory.GIVEN);
  }

  static Call number(String text) {
    return new Call(text, "", Memory.NUMBER);
  }

  static Call change(String text) {
    return new Call(text, "", Memory.CHANGED);
  }

  static Call constant(double value) {
    return new Call(literal(value), "", Memory.CONSTANT);
  }

  /** As TorchScript writes a number. */
  static String literal(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "float('" + value + "')";
  }
}
