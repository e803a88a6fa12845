package io.github.autoencoder4j.internal.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.primitive;

/**
 * The kernels of programs that are compiled alike: of the same layers, for as many samples, on as
 * many threads. Such programs ask for the same kernels in the same order, so the first that needs
 * one has it compiled for all. Safe for many threads.
 *
 * <p>It does for a few programs what oneDNN's own cache would do for the whole process, which has
 * to be off: see {@link OneDnn}.
 */
public final class Kernels implements AutoCloseable {

  private final List<primitive> compiled = new ArrayList<>();
  private boolean closed;

  /**
   * Gives the kernel that a program asks for.
   *
   * @param position how many kernels the program has been given before
   * @param description what to compute
   * @return one to be freed by the program; what was compiled lives as long as any of them
   */
  synchronized primitive get(int position, dnnl_primitive_desc description) {
    if (closed) {
      return new primitive(description);
    }
    if (position == compiled.size()) {
      compiled.add(new primitive(description));
    }
    return new primitive(compiled.get(position));
  }

  /** How many it keeps. */
  synchronized int size() {
    return compiled.size();
  }

  /**
   * Keeps no kernels any more; programs that have some keep theirs, and those that come later
   * compile their own. Closing twice is harmless.
   */
  @Override
  public synchronized void close() {
    closed = true;
    compiled.forEach(primitive::deallocate);
    compiled.clear();
  }
}
